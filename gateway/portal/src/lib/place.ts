// Where something lies, as the two fields of a form hold it.
export interface PlaceValues {
  latitude: string;
  longitude: string;
}

// Where the form says what the server says of a field that it has not.
export const placeAliases: Record<string, string> = { location: 'latitude' };

// To the decimetre; what lies behind is noise.
export function degrees(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toFixed(6)));
}

export function placeValuesOf(location: { latitude: number; longitude: number } | undefined) {
  return { latitude: degrees(location?.latitude), longitude: degrees(location?.longitude) };
}

// Absent unless both are there.
export function locationOf({ latitude, longitude }: Partial<PlaceValues>) {
  const [north, east] = [latitude?.trim() ?? '', longitude?.trim() ?? ''];
  return north !== '' && east !== ''
    ? { latitude: Number(north), longitude: Number(east) }
    : undefined;
}

// What is wrong with a latitude or longitude by itself; '' for nothing. Both stand
// together, or neither.
export function wrongDegrees(text: string, other: string, most: number): 'alone' | 'range' | '' {
  if (text.trim() === '') return other.trim() === '' ? '' : 'alone';
  const number = Number(text);
  return Number.isFinite(number) && Math.abs(number) <= most ? '' : 'range';
}
