// What a program calls itself, in two words: "Edge · Windows". Order matters:
// most browsers also name those that they are like.
const PROGRAMS: [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/Edg(A|iOS)?\//, 'Edge'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/grpc/i, 'gRPC'],
  [/^curl\//, 'curl'],
];

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

// '' when it said nothing; the beginning of what it said when that is unknown.
export function describeAgent(agent: string): string {
  const named = (list: [RegExp, string][]) => list.find(([like]) => like.test(agent))?.[1];
  const known = [named(PROGRAMS), named(SYSTEMS)].filter(Boolean).join(' · ');
  return known || agent.slice(0, 40);
}
