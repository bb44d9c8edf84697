// A page that can't be shown says so, and leaves the frame around it standing. Where its
// chunk is gone because the portal was built anew, the new one is loaded, once.
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/components/Failure';

interface Props {
  // The path: on another page it is tried again.
  at: string;
  children: ReactNode;
}

interface State {
  at: string;
  failed: boolean;
}

export class PageBoundary extends Component<Props, State> {
  override state = { at: this.props.at, failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  static getDerivedStateFromProps({ at }: Props, state: State) {
    return at === state.at ? null : { at, failed: false };
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useTranslation();
  return <Failure text={t('error.page')} retry={() => window.location.reload()} page />;
}

const LAST = 'jinhuan.reloaded';
const ONCE_IN = 60_000; // ms

// Called for each chunk that does not come. The way to the server may be broken as well:
// only where it answers is the page worth leaving.
export async function loadAnew(
  storage: Storage = sessionStorage,
  reload: () => void = () => window.location.reload(),
): Promise<void> {
  if (Date.now() - Number(storage.getItem(LAST) ?? 0) < ONCE_IN) return;
  const answer = await fetch('/', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return;
  storage.setItem(LAST, String(Date.now()));
  reload();
}
