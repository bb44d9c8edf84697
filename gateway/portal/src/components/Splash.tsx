import { Ring } from './Ring';

// Shown while nothing is known yet; wordless, as it stands before the words.
export function Splash() {
  return (
    <div className="splash" aria-busy="true">
      <Ring />
    </div>
  );
}
