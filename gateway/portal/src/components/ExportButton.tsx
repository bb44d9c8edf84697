// A file that the server makes.

import { DownloadOutlined } from '@ant-design/icons';
import type { DescMessage, DescMethodUnary, MessageInitShape } from '@bufbuild/protobuf';
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useToast } from '@/components/Toast';
import type { ExportBookingsResponse } from '@/gen/jinhuan/resource/v1/report_service_pb';
import { download } from '@/lib/download';

type File = Pick<ExportBookingsResponse, 'filename' | 'contentType' | 'content' | 'truncated'>;

interface Props<I extends DescMessage, O extends DescMessage> {
  method: DescMethodUnary<I, O>;
  request: MessageInitShape<I>;
  testId: string;
}

export function ExportButton<I extends DescMessage, O extends DescMessage>(props: Props<I, O>) {
  const { method, request, testId } = props;
  const { t } = useTranslation();
  const transport = useTransport();
  const toast = useToast();
  const make = useMutation({
    mutationFn: async () => (await callUnaryMethod(transport, method, request)) as unknown as File,
    onSuccess: ({ filename, contentType, content, truncated }) => {
      download(filename, contentType, content);
      if (truncated) toast({ text: t('reports.truncatedFile'), tone: 'bad' });
    },
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      loading={make.isPending}
      onClick={() => make.mutate()}
      data-testid={testId}
    >
      {t('action.export')}
    </Button>
  );
}
