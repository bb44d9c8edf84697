// Checks a roster, then takes it over: the same call, first only to say what it
// would do.
import { createClient } from '@connectrpc/connect';
import { useTransport } from '@connectrpc/connect-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refresh } from '@/api/refresh';
import { useRequestId } from '@/api/requestId';
import { asUpload } from '@/api/upload';
import { useWork } from '@/app/session';
import { AllianceService } from '@/gen/jinhuan/alliance/v1/alliance_service_pb';
import { type ImportExisting, MemberService } from '@/gen/jinhuan/alliance/v1/member_service_pb';
import type { RosterFile } from './rosterFile';

interface Asked {
  file: RosterFile;
  existing: ImportExisting;
}

export function useImport() {
  const { alliance } = useWork();
  const transport = useTransport();
  const queries = useQueryClient();
  const requestId = useRequestId();
  const [share, setShare] = useState(0);

  const send = ({ file, existing }: Asked, validateOnly: boolean) => {
    setShare(0);
    const intent = { chosen: file.chosen, existing, validateOnly };
    return createClient(MemberService, transport).importMembers(
      {
        parent: alliance,
        content: file.content,
        existing,
        validateOnly,
        requestId: requestId.idFor(intent),
      },
      { contextValues: asUpload(setShare) },
    );
  };
  const check = useMutation({ mutationFn: (asked: Asked) => send(asked, true) });
  const take = useMutation({
    mutationFn: (asked: Asked) => send(asked, false),
    onSuccess: (answer) => {
      requestId.done();
      if (answer.imported) void refresh(queries, MemberService, AllianceService);
    },
  });
  return { share, check, take };
}
