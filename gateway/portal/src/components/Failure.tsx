// A page or a part of one that could not be read: why, and one way on.
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  text: string;
  retry?: () => void;
  page?: boolean;
}

export function Failure({ text, retry, page }: Props) {
  const { t } = useTranslation();
  return (
    <div className={page ? 'notice notice-page' : 'notice'} role="alert">
      <p>{text}</p>
      {retry && <Button onClick={retry}>{t('action.retry')}</Button>}
    </div>
  );
}
