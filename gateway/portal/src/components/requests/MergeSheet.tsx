// The street chooses which other open requests go on in this one: those of its category first.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonSheet } from '@/components/ReasonSheet';
import type { Request } from '@/gen/jinhuan/meeting/v1/request_pb';
import { RequestService } from '@/gen/jinhuan/meeting/v1/request_service_pb';
import { OtherRequests } from './OtherRequests';
import { useAct } from './useAct';

interface Props {
  request: Request;
  open: boolean;
  onClose: () => void;
}

export function MergeSheet({ request, open, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string[]>([]);
  const act = useAct(RequestService.method.mergeRequests, (after) =>
    t('requests.mergeDone', { n: after.mergedCount }),
  );
  const close = () => {
    setChosen([]);
    act.reset();
    onClose();
  };
  return (
    <ReasonSheet
      open={open}
      title={t('requests.merge')}
      what={t('requests.mergeWhat', { title: request.title })}
      initial={t('requests.mergeReason')}
      confirm={t('requests.mergeConfirm', { n: chosen.length })}
      ready={chosen.length > 0}
      busy={act.isPending}
      error={act.error}
      onConfirm={(reason) => act.send({ name: request.name, mergedNames: chosen, reason }, close)}
      onClose={close}
    >
      <OtherRequests
        request={request}
        legend={t('requests.mergeWhich')}
        chosen={chosen}
        onChange={setChosen}
      />
    </ReasonSheet>
  );
}
