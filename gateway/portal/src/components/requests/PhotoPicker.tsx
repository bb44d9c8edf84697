// Photos from the camera or the gallery, each shown before it is sent.
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dataUrl, shrink } from './shrink';
import './requests.css';

export const MAX_PHOTOS = 6;

export interface Picked {
  id: string;
  bytes: Uint8Array;
  url: string;
}

interface Props {
  photos: Picked[];
  onChange: (photos: Picked[]) => void;
}

export function PhotoPicker({ photos, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [bad, setBad] = useState(false);
  const add = async (files: FileList | null) => {
    const picked = [...photos];
    setBad(false);
    for (const file of [...(files ?? [])].slice(0, MAX_PHOTOS - photos.length)) {
      try {
        const bytes = await shrink(file);
        picked.push({
          id: `${file.name}-${picked.length}`,
          bytes,
          url: dataUrl(bytes, 'image/jpeg'),
        });
      } catch {
        setBad(true);
      }
    }
    onChange(picked);
  };
  return (
    <div className="field form-wide">
      <span>{t('requests.photos')}</span>
      <ul className="photos">
        {photos.map((photo, i) => (
          <li key={photo.id}>
            <img src={photo.url} alt={t('requests.photoAlt', { n: i + 1 })} data-testid="preview" />
            <Button
              onClick={() => onChange(photos.filter((one) => one !== photo))}
              aria-label={t('requests.removePhoto', { n: i + 1 })}
            >
              <span aria-hidden="true">×</span>
            </Button>
          </li>
        ))}
      </ul>
      {photos.length < MAX_PHOTOS && (
        // The browser's own button speaks the browser's language, not the reader's.
        <label htmlFor={id} className="photo-add" data-testid="photo-add">
          {t('requests.addPhoto')}
          <input
            id={id}
            type="file"
            accept="image/*"
            multiple
            className="sr-only"
            data-testid="photo"
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              const input = event.target;
              add(input.files).finally(() => {
                input.value = '';
              });
            }}
          />
        </label>
      )}
      {bad && (
        <p className="field-error" role="alert">
          {t('requests.photoBad')}
        </p>
      )}
      <p id={`${id}-note`} className="muted">
        {t('requests.photoNote')}
      </p>
    </div>
  );
}
