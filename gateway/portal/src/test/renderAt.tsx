import { TransportProvider } from '@connectrpc/connect-query';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { ConfigProvider } from 'antd';
import { RouterProvider } from 'react-router';
import { makeQueryClient } from '@/api/queryClient';
import { makeRouter } from '@/app/router';
import { markSignedIn, markSignedOut } from '@/app/signedOut';
import { ToastProvider } from '@/components/Toast';
import { type Fake, fakeTransport } from './fake';

// The whole portal at an address, before a fake alliance.
export function renderAt(address: string, fake: Fake, transport = fakeTransport(fake)) {
  markSignedIn();
  window.history.replaceState(null, '', address);
  const client = makeQueryClient(markSignedOut);
  client.setDefaultOptions({ queries: { retry: false, refetchInterval: false } });
  return render(
    <ConfigProvider theme={{ token: { motion: false } }}>
      <TransportProvider transport={transport}>
        <QueryClientProvider client={client}>
          <ToastProvider>
            <RouterProvider router={makeRouter()} />
          </ToastProvider>
        </QueryClientProvider>
      </TransportProvider>
    </ConfigProvider>,
  );
}
