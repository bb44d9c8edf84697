// Puts an entry of the ledger right: nothing is changed, a further entry is added.

import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { useMutation } from '@/api/useMutation';
import { ReasonSheet } from '@/components/ReasonSheet';
import { useToast } from '@/components/Toast';
import { type LedgerEntry, LedgerKind } from '@/gen/jinhuan/resource/v1/ledger_pb';
import { ReportService } from '@/gen/jinhuan/resource/v1/report_service_pb';

export function CorrectSheet({ entry, onClose }: { entry: LedgerEntry; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [right, setRight] = useState('');
  const correct = useMutation(ReportService.method.correctLedgerEntry);
  // Meals are counted, everything else is told in hours and kept in minutes.
  const meals = entry.kind === LedgerKind.MEALS;
  const send = (reason: string) => {
    const quantity = BigInt(Math.round(Number(right) * (meals ? 1 : 60)) || 0);
    const body = { name: entry.name, quantity, reason };
    correct.mutate(
      { ...body, requestId: requestId.idFor([entry.name, String(quantity), reason]) },
      {
        onSuccess: () => {
          requestId.done();
          toast({ text: t('lending.ledger.corrected') });
          void refresh(queries, ReportService);
          onClose();
        },
      },
    );
  };
  return (
    <ReasonSheet
      open
      title={t('lending.ledger.correctTitle')}
      what={t('lending.ledger.now')}
      confirm={t('lending.ledger.correct')}
      busy={correct.isPending}
      error={correct.error}
      onConfirm={send}
      onClose={onClose}
    >
      <div className="field">
        <label htmlFor={id}>{t(`lending.ledger.right.${meals ? 'meals' : 'time'}`)}</label>
        <input
          id={id}
          className="select"
          type="number"
          min={0}
          step={meals ? 1 : 0.25}
          inputMode="decimal"
          value={right}
          onChange={(event) => setRight(event.target.value)}
          required
          data-testid="right-quantity"
        />
      </div>
    </ReasonSheet>
  );
}
