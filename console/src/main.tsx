import { createTheme, MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api.ts';
import { router } from './router.tsx';
import './styles.ts';

// A session that is over is told by the first call that is refused; the page then asks to sign in again.
const onError = (error: unknown): void => { if (error instanceof ApiProblem && error.status === 401) void queries.invalidateQueries({ queryKey: ['session'] }); };
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry: (count, error) => count < 2 && error instanceof ApiProblem && error.status === 0, staleTime: 5_000, refetchOnWindowFocus: true } },
});
const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
// Mantine's modals take their nonce from here.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;
const theme = createTheme({ primaryColor: 'blue', autoContrast: true, primaryShade: { light: 8, dark: 8 }, cursorType: 'pointer' });

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
