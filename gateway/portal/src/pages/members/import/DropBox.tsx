// Takes a file that is dropped on it, or chosen with the button.
import { UploadOutlined } from '@ant-design/icons';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isRefused, type Refused, type RosterFile, readRoster } from './rosterFile';

interface Props {
  file: RosterFile | null;
  disabled: boolean;
  onChoose: (file: RosterFile) => void;
}

export function DropBox({ file, disabled, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const take = async (chosen: File | undefined) => {
    if (!chosen || disabled) return;
    const read = await readRoster(chosen);
    setRefused(isRefused(read) ? read : null);
    if (!isRefused(read)) onChoose(read);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input is the first
    <div
      className="drop-box"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <UploadOutlined className="drop-icon" aria-hidden />
      {file ? <strong>{file.name}</strong> : <span>{t('roster.drop')}</span>}
      <input
        id={id}
        type="file"
        className="sr-only"
        accept=".csv,.xlsx,.txt"
        disabled={disabled}
        aria-describedby={`${id}-limits`}
        onChange={(event) => {
          void take(event.target.files?.[0]);
          // The same file, mended, can be chosen again.
          event.target.value = '';
        }}
        data-testid="roster-file"
      />
      <label htmlFor={id} className="button-link button-primary">
        {t(file ? 'roster.change' : 'roster.choose')}
      </label>
      <span id={`${id}-limits`} className="muted">
        {t('roster.limits')}
      </span>
      <div role="alert">
        {refused && <p className="problem">{t(`roster.${refused.why}`, { ...refused })}</p>}
      </div>
    </div>
  );
}
