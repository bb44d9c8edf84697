// A term in full: from the side on a desk, from below on a phone.

import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@connectrpc/connect-query';
import { Button, Drawer } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { Failure } from '@/components/Failure';
import { PageSkeleton } from '@/components/PageSkeleton';
import type { ChairTerm, PlanCost } from '@/gen/jinhuan/alliance/v1/rotation_pb';
import { RotationService } from '@/gen/jinhuan/alliance/v1/rotation_service_pb';
import { useIsPhone } from '@/lib/media';
import { TermDetail } from './TermDetail';

interface Props {
  // The term's first day, as in the address; empty when none is open.
  id: string;
  terms: readonly ChairTerm[];
  // Of the draft, whose cost this is.
  draft?: { cost?: PlanCost };
  onClose: () => void;
  onMove: (term: ChairTerm) => void;
}

export function TermSheet({ id, terms, draft, onClose, onMove }: Props) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { alliance } = useWork();
  // Keeps the last content while the sheet slides away.
  const last = useRef(id);
  if (id) last.current = id;
  const name = `${alliance}/chairTerms/${last.current}`;
  const at = terms.findIndex((one) => one.name === name);
  // One that the filters leave out, or on another page.
  const single = useQuery(
    RotationService.method.getChairTerm,
    { name },
    { enabled: !!id && at < 0 && !draft },
  );
  const term = terms[at] ?? (draft ? undefined : single.data);
  const step = (by: number, label: string, Icon: typeof LeftOutlined) => {
    const to = at < 0 ? undefined : terms[at + by];
    return (
      <Button
        type="text"
        icon={<Icon aria-hidden />}
        aria-label={label}
        title={label}
        disabled={!to}
        onClick={() => to && onMove(to)}
      />
    );
  };
  return (
    <Drawer
      open={!!id}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 560}
      title={term?.memberDisplayName ?? t('rotation.term')}
      className="term-sheet"
      extra={
        <>
          {step(-1, t('rotation.termBefore'), LeftOutlined)}
          {step(1, t('rotation.termAfter'), RightOutlined)}
        </>
      }
    >
      {term ? (
        <TermDetail key={`${term.name} ${!!draft}`} term={term} draft={draft} />
      ) : single.error ? (
        <Failure text={explain(single.error).text} retry={() => single.refetch()} />
      ) : (
        <PageSkeleton lines={8} />
      )}
    </Drawer>
  );
}
