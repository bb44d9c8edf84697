// Holds the place of what is being read, at about its height, so that nothing
// jumps when it arrives.
export function PageSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div className="skeleton" aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <div key={line} className="skeleton-line" />
      ))}
    </div>
  );
}
