// The members that the filters find, as a file.

import { DownloadOutlined } from '@ant-design/icons';
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useToast } from '@/components/Toast';
import { MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import { download } from '@/lib/download';
import { useMemberFilter } from './useMemberFilter';

export function ExportMembers() {
  const { t } = useTranslation();
  const transport = useTransport();
  const toast = useToast();
  const { request } = useMemberFilter();
  const make = useMutation({
    mutationFn: () => callUnaryMethod(transport, MemberService.method.exportMembers, request),
    onSuccess: ({ filename, contentType, content }) => download(filename, contentType, content),
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      loading={make.isPending}
      onClick={() => make.mutate()}
      data-testid="export-members"
    >
      {t('action.export')}
    </Button>
  );
}
