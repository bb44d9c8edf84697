// Which columns a roster may have, and a file with all of them to begin with.

import { DownloadOutlined } from '@ant-design/icons';
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useWork } from '@/app/session';
import { useToast } from '@/components/Toast';
import { Member_State } from '@/gen/jinhuan/alliance/v1/alliance_pb';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { download } from '@/lib/download';

const columns = [
  'display_name',
  'sector',
  'tier',
  'uscc',
  'party_organization',
  'superior_organization',
  'joint_branch',
  'party_member_count',
  'address',
  'longitude',
  'latitude',
  'grid',
  'liaison_title',
  'liaison_phone',
  'deputy_liaison_title',
  'deputy_liaison_phone',
  'join_date',
] as const;
const required = new Set<string>(['display_name', 'sector']);

export function ColumnHelp() {
  const { t } = useTranslation();
  const { alliance } = useWork();
  const transport = useTransport();
  const toast = useToast();
  const template = useMutation({
    // An export that finds nothing is a header and no rows.
    mutationFn: () =>
      callUnaryMethod(transport, MemberService.method.exportMembers, {
        parent: alliance,
        state: Member_State.REJECTED,
        query: '\u2205',
        jointBranch: '\u2205',
      }),
    onSuccess: ({ contentType, content }) =>
      download(t('roster.templateName'), contentType, content),
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  return (
    <>
      <p className="roster-columns">
        {t('roster.columns')}
        <Button
          icon={<DownloadOutlined aria-hidden />}
          loading={template.isPending}
          onClick={() => template.mutate()}
          data-testid="roster-template"
        >
          {t('roster.template')}
        </Button>
      </p>
      <details className="more">
        <summary>{t('roster.columnsTitle')}</summary>
        <table className="table">
          <caption className="sr-only">{t('roster.columnsTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('roster.column.name')}</th>
              <th scope="col">{t('roster.column.how')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column}>
                <th scope="row">
                  {t(`roster.field.${column}`)}{' '}
                  {required.has(column) && <span className="tag">{t('roster.required')}</span>}
                </th>
                <td>{t(`roster.help.${column}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
