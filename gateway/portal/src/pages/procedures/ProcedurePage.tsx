// One procedure: its stages with what came of each, and what may be done next.
import { useQuery } from '@connectrpc/connect-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { useRuns } from '@/components/ballots/useBallots';
import { Failure } from '@/components/Failure';
import { PageHead } from '@/components/PageHead';
import { PageSkeleton } from '@/components/PageSkeleton';
import { Panel } from '@/components/Panel';
import { AdvanceSheet } from '@/components/procedures/AdvanceSheet';
import { Steps } from '@/components/procedures/Steps';
import { procedureTag, useProcedureAct } from '@/components/procedures/useProcedures';
import { ReasonSheet } from '@/components/ReasonSheet';
import { Procedure_State } from '@/gen/jinhuan/meeting/v1/procedure_pb';
import { ProcedureService } from '@/gen/jinhuan/meeting/v1/procedure_service_pb';

export default function ProcedurePage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const { alliance } = useWork();
  const runs = useRuns();
  const query = useQuery(
    ProcedureService.method.getProcedure,
    { name: `${alliance}/procedures/${id}` },
    { refetchInterval: 15_000 },
  );
  const back = { to: '/procedures', label: t('nav.procedures') };
  if (query.isPending) return <PageSkeleton lines={10} />;
  if (!query.data) {
    return (
      <>
        <PageHead title={t('nav.procedures')} back={back} />
        <Failure text={explain(query.error).text} retry={() => query.refetch()} />
      </>
    );
  }
  const procedure = query.data;
  const running = procedure.state === Procedure_State.RUNNING;
  return (
    <>
      <PageHead title={procedure.title} back={back} sub={procedure.templateDisplayName}>
        {running && runs && <Stop name={procedure.name} />}
        {running && runs && <AdvanceSheet procedure={procedure} />}
      </PageHead>
      {procedure.stopReason && (
        <p className="banner">{t('procedures.stoppedWhy', { why: procedure.stopReason })}</p>
      )}
      <Panel
        title={t('procedures.stages')}
        extra={
          <span className={`tag ${procedureTag[procedure.state]}`}>
            {t(`procedures.state.${procedure.state}`)}
          </span>
        }
      >
        <Steps steps={procedure.steps} />
      </Panel>
    </>
  );
}

function Stop({ name }: { name: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const act = useProcedureAct(ProcedureService.method.stopProcedure, () => t('procedures.stopped'));
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="stop">
        {t('procedures.stop')}
      </Button>
      <ReasonSheet
        open={open}
        title={t('procedures.stop')}
        what={t('procedures.stopWhat')}
        confirm={t('procedures.stop')}
        danger
        busy={act.isPending}
        error={act.error}
        onConfirm={(reason) => act.send({ name, reason }, () => setOpen(false))}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
