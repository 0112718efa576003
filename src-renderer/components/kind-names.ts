/** The kinds of sets as operators call them. */
export const kindNames = {
  interval: 'Intervals',
  budget: 'Budget',
  ellipsoid: 'Ellipsoid',
  factor: 'Factors',
  scenarios: 'Past days',
  support: 'Similar days',
  moment: 'Moments',
  wasserstein: 'Wasserstein',
  'wasserstein-exact': 'Wasserstein exact',
} as const;
