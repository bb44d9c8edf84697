// Asks before what was typed is lost, by leaving the page or by loading it anew.
import { Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

interface Unsaved {
  // To be shown on the page.
  question: ReactNode;
  // To be called when all is stored, before the page is left.
  saved: () => void;
}

export function useUnsaved(dirty: boolean): Unsaved {
  const { t } = useTranslation();
  const holds = useRef(dirty);
  useEffect(() => {
    holds.current = dirty;
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => {
      if (holds.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      holds.current && currentLocation.pathname !== nextLocation.pathname,
  );
  return {
    saved: () => {
      holds.current = false;
    },
    question: (
      <Modal
        open={blocker.state === 'blocked'}
        title={t('unsaved.title')}
        okText={t('unsaved.leave')}
        okButtonProps={{ danger: true }}
        cancelText={t('unsaved.stay')}
        onOk={() => blocker.proceed?.()}
        onCancel={() => blocker.reset?.()}
        width={440}
      >
        <p>{t('unsaved.text')}</p>
      </Modal>
    ),
  };
}
