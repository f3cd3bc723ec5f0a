// Signs on the buttons of what comes on demand: drawn here, so that the shell does not share its icons with them.

const paths = {
  left: 'M15 18l-6-6 6-6',
  right: 'M9 6l6 6-6 6',
  farLeft: 'M11 18l-6-6 6-6M19 18l-6-6 6-6',
  farRight: 'M5 6l6 6-6 6M13 6l6 6-6 6',
  smaller: 'M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M20 20l-4-4M8 11h6',
  larger: 'M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14M20 20l-4-4M8 11h6M11 8v6',
  fit: 'M3 12h18M7 8l-4 4 4 4M17 8l4 4-4 4',
  turn: 'M20 12a8 8 0 1 1-2.4-5.7L20 8.5M20 3.5v5h-5',
  wide: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const;

/** Beside it stands a word or an accessible name. */
export const Drawing = ({ of }: { readonly of: keyof typeof paths }) => (
  <svg
    width={18}
    height={18}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.75}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[of]} />
  </svg>
);
