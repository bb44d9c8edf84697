// The files that the server makes of minutes.
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { explain } from '@/api/errors';
import { useToast } from '@/components/Toast';
import { MeetingService, MinutesFormat } from '@/gen/jinhuan/meeting/v1/meeting_service_pb';
import { download } from '@/lib/download';

const all = [MinutesFormat.PDF, MinutesFormat.ODT, MinutesFormat.XLSX];

export function MinutesFiles({ name, formats = all }: { name: string; formats?: MinutesFormat[] }) {
  const { t } = useTranslation();
  const transport = useTransport();
  const toast = useToast();
  const make = useMutation({
    mutationFn: (format: MinutesFormat) =>
      callUnaryMethod(transport, MeetingService.method.exportMinutes, { name, format }),
    onSuccess: ({ filename, contentType, content }) => download(filename, contentType, content),
    onError: (error) => toast({ text: explain(error).text, tone: 'bad' }),
  });
  return (
    <p className="answer-now">
      {formats.map((format) => (
        <Button
          key={format}
          loading={make.isPending && make.variables === format}
          onClick={() => make.mutate(format)}
          data-testid={`minutes-file-${format}`}
        >
          {t(`minutes.file.${format}`)}
        </Button>
      ))}
    </p>
  );
}
