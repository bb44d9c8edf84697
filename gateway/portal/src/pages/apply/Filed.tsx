// The application is filed: its receipt, which is shown this once.
import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CopyButton } from '@/components/CopyButton';
import { PublicPage } from './PublicPage';

export interface FiledApplication {
  receipt: string;
  displayName: string;
}

export function isFiled(state: unknown): state is FiledApplication {
  return typeof (state as FiledApplication | null)?.receipt === 'string';
}

export function Filed({ filed: { receipt, displayName } }: { filed: FiledApplication }) {
  const { t } = useTranslation();
  const said = useRef<HTMLParagraphElement>(null);
  // The form is gone: a screen reader goes on here.
  useEffect(() => {
    window.scrollTo(0, 0);
    said.current?.focus();
  }, []);
  return (
    <PublicPage title={t('apply.filed')}>
      <div className="panel receipt">
        <p ref={said} tabIndex={-1} className="lead">
          {t('apply.filedText', { name: displayName })}
        </p>
        {receipt && (
          <>
            <p className="receipt-label">{t('apply.receipt')}</p>
            <p className="receipt-code" data-testid="receipt">
              {receipt}
            </p>
            <div className="form-actions">
              <CopyButton text={receipt} label={t('apply.copyReceipt')} testId="copy-receipt" />
              <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
                {t('action.print')}
              </Button>
            </div>
            <p>{t('apply.keep')}</p>
          </>
        )}
        <h2>{t('apply.next')}</h2>
        <ol className="receipt-next">
          <li>{t('apply.next1')}</li>
          <li>{t('apply.next2', { address: `${window.location.origin}/apply/status` })}</li>
          <li>{t('apply.next3')}</li>
        </ol>
        <p className="public-foot">
          <Link to="/apply/status" state={{ receipt }} data-testid="to-status">
            {t('apply.toStatus')}
          </Link>
        </p>
      </div>
    </PublicPage>
  );
}
