/** Types of the files the window is made of; anything else is not served. */
export const STATIC_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon',
  '.woff2': 'font/woff2', '.woff': 'font/woff', '.webp': 'image/webp',
};

/**
 * Everything comes from the host itself: no X host, no inline script. Inline styles are allowed because the component
 * library writes its theme variables as a style element.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
  "media-src 'self' blob:", "connect-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
].join('; ');

/** What core answers by itself (`createSidePath`); all else is a file of the window. */
export const SIDE_PATHS = /^\/(img|media|backup|archive)(\/|$)/;

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
