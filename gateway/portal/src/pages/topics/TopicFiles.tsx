// The files of a topic that is being written, read into memory as they are chosen.
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytesOf } from '@/components/requests/shrink';

export interface ChosenFile {
  displayName: string;
  content: Uint8Array;
}

const MOST = 3;
const LARGEST = 1 << 20;

interface Props {
  files: readonly ChosenFile[];
  onChange: (files: ChosenFile[]) => void;
}

export function TopicFiles({ files, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [refused, setRefused] = useState('');
  const add = async (chosen: readonly File[]) => {
    // A photo is made smaller.
    const large = chosen.find((file) => file.type !== 'image/jpeg' && file.size > LARGEST);
    if (large) return setRefused(t('topics.fileTooLarge', { name: large.name }));
    if (files.length + chosen.length > MOST) return setRefused(t('topics.filesTooMany'));
    setRefused('');
    const read = chosen.map(async (file) => ({
      displayName: file.name,
      content: await bytesOf(file),
    }));
    onChange([...files, ...(await Promise.all(read))]);
  };
  return (
    <fieldset className="topic-files">
      <legend>{t('topics.files')}</legend>
      {files.length > 0 && (
        <ul>
          {files.map((file, index) => (
            <li key={`${file.displayName} ${file.content.length}`}>
              <span className="topic-file">{file.displayName}</span>
              <Button
                onClick={() => onChange(files.filter((_, i) => i !== index))}
                aria-label={t('topics.fileRemove', { name: file.displayName })}
              >
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <input
        id={id}
        type="file"
        multiple
        className="sr-only"
        accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.ods"
        aria-describedby={`${id}-limits`}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
        data-testid="topic-file"
      />
      <label htmlFor={id} className="button-link">
        {t('topics.filesChoose')}
      </label>
      <p id={`${id}-limits`} className="muted">
        {t('topics.filesLimits')}
      </p>
      <div role="alert">{refused && <p className="problem">{refused}</p>}</div>
    </fieldset>
  );
}
