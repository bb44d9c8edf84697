// The files of a topic; each is fetched when it is asked for.

import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMutation } from '@/api/useMutation';
import { useWork } from '@/app/session';
import { Problem } from '@/components/Problem';
import type { Topic } from '@/gen/jinhuan/meeting/v1/topic_pb';
import { TopicService } from '@/gen/jinhuan/meeting/v1/topic_service_pb';
import { download } from '@/lib/download';

export function Attachments({ topic }: { topic: Topic }) {
  const { t } = useTranslation();
  const { isLiaison, isStreet } = useWork();
  const get = useMutation(TopicService.method.getTopicAttachment, {
    onSuccess: (file) => download(file.displayName, file.mediaType, file.content),
  });
  if (topic.attachments.length === 0) return null;
  return (
    <fieldset className="topic-files">
      <legend>{t('topics.files')}</legend>
      <ul>
        {topic.attachments.map((file) => (
          <li key={file.name}>
            {isLiaison || isStreet ? (
              <Button
                className="topic-file"
                onClick={() => get.mutate({ name: file.name })}
                aria-label={t('topics.fileOpen', { name: file.displayName })}
                data-testid="topic-file-open"
              >
                {file.displayName}
              </Button>
            ) : (
              <span className="topic-file">{file.displayName}</span>
            )}
            <span className="muted">
              {t('topics.fileSize', { n: Math.ceil(file.sizeBytes / 1024) })}
            </span>
          </li>
        ))}
      </ul>
      <Problem error={get.error} />
    </fieldset>
  );
}
