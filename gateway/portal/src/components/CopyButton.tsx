// Copies a text, and says that it did.
import { CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { copy } from '@/lib/copy';
import { useToast } from './Toast';

interface Props {
  text: string;
  label: string;
  testId?: string;
}

export function CopyButton({ text, label, testId }: Props) {
  const { t } = useTranslation();
  const toast = useToast();
  const go = async () => {
    const done = await copy(text);
    toast(done ? { text: t('action.copied') } : { text: t('action.copyFailed'), tone: 'bad' });
  };
  return (
    <Button icon={<CopyOutlined aria-hidden />} onClick={go} data-testid={testId}>
      {label}
    </Button>
  );
}
