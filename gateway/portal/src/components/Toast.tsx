// Short messages that come and go, with at most one thing to do. One that can
// be undone stays for ten seconds, and as long as it is pointed at or focused.
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';

export interface ToastMessage {
  text: string;
  tone?: 'good' | 'bad';
  action?: { label: string; run: () => void; testId?: string };
}

interface Shown extends ToastMessage {
  id: number;
}

const ToastContext = createContext<(message: ToastMessage) => void>(() => {});

export const useToast = () => use(ToastContext);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(0);
  const close = useCallback((id: number) => {
    setShown((all) => all.filter((one) => one.id !== id));
  }, []);
  const show = useCallback((message: ToastMessage) => {
    next.current += 1;
    const id = next.current;
    // Two at most: more would hide the page.
    setShown((all) => [...all.slice(-1), { ...message, id }]);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown.map((one) => (
          <Toast key={one.id} message={one} close={() => close(one.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

function Toast({ message, close }: { message: Shown; close: () => void }) {
  const { t } = useTranslation();
  const { text, tone = 'good', action } = message;
  const [held, setHeld] = useState(false);
  const closing = useRef(close);
  closing.current = close;
  const stay = action ? 10_000 : tone === 'bad' ? 8_000 : 4_000;

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => closing.current(), stay);
    return () => clearTimeout(timer);
  }, [held, stay]);

  return (
    <div
      role="group"
      className={`toast toast-${tone}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="toast-text">{text}</span>
      {action && (
        <button
          type="button"
          className="toast-action"
          data-testid={action.testId}
          onClick={() => {
            action.run();
            close();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="toast-close" aria-label={t('action.close')} onClick={close}>
        <span aria-hidden="true">×</span>
      </button>
    </div>
  );
}
