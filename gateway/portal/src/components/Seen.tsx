// Mounts what is inside once it is about to be seen, so that charts below the
// fold cost nothing.
import { type ReactNode, useEffect, useRef, useState } from 'react';

export function Seen({ children }: { children: ReactNode }) {
  const [seen, setSeen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '100px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [seen]);
  return (
    <div ref={box} className="seen">
      {seen && children}
    </div>
  );
}
