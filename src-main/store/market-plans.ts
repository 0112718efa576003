/** Market plans: written once; content is checked against its hash on every read. */
import { canonicalJson, parseCanonicalJson } from '../base/canonical-json.ts';
import { Refusal } from '../base/errors.ts';
import { marketPlanSchemaVersion } from '../base/schema-versions.ts';
import type { MarketPlan, MarketPlanSummary, MarketStore } from '../planning/market/market-plan.ts';
import type { StoreParts } from './store-parts.ts';

export const marketPlansSql = {
  insert: `INSERT INTO market_plans (id, day, created_ms, currency, ambiguity, confidence, guaranteed, passed, content_json, content_hash)
    VALUES (:id, :day, :created_ms, :currency, :ambiguity, :confidence, :guaranteed, :passed, :content_json, :content_hash)`,
  byId: `SELECT content_json, content_hash FROM market_plans WHERE id = :id`,
  list: `SELECT id, day, created_ms, currency, ambiguity, confidence, guaranteed, passed
    FROM market_plans WHERE day = ifnull(:day, day) ORDER BY day DESC, created_ms DESC, id`,
} as const;

type SummaryRow = {
  id: string;
  day: string;
  created_ms: number;
  currency: string;
  ambiguity: string;
  confidence: number;
  guaranteed: number;
  passed: number;
};

export function marketStore({ hash, read, gate }: StoreParts): MarketStore {
  return {
    saveMarketPlan({ contentHash, ...content }) {
      const content_json = canonicalJson(content);
      if (hash(content_json) !== contentHash)
        throw new Refusal('plan-corrupt', { id: content.id, problem: 'its hash is not that of its content.' });
      const row = { ...summaryRow(content), content_json, content_hash: contentHash };
      gate.write((connection) => connection.run(marketPlansSql.insert, row));
    },
    getMarketPlan(id) {
      const row = read((connection) =>
        connection.get<{ content_json: string; content_hash: string }>(marketPlansSql.byId, { id }),
      );
      if (!row) return null;
      if (hash(row.content_json) !== row.content_hash)
        throw new Refusal('plan-corrupt', { id, problem: 'its content does not have its hash.' });
      const content = parseCanonicalJson(row.content_json) as Omit<MarketPlan, 'contentHash'>;
      const found = schemaVersionOf(content);
      if (found !== marketPlanSchemaVersion)
        throw new Refusal('other-format', { what: 'market plan', id, found, known: marketPlanSchemaVersion });
      return { ...content, contentHash: row.content_hash };
    },
    listMarketPlans: (day) =>
      read((connection) => connection.all<SummaryRow>(marketPlansSql.list, { day: day ?? null })).map(
        (row): MarketPlanSummary => ({
          id: row.id,
          day: row.day,
          currency: row.currency,
          ambiguity: row.ambiguity as MarketPlanSummary['ambiguity'],
          confidence: row.confidence,
          guaranteed: row.guaranteed,
          createdAtMs: row.created_ms,
          passed: row.passed === 1,
        }),
      ),
  };
}

/** Read before anything else of the content is trusted to have that shape; plans that do not say are of the first. */
function schemaVersionOf(content: unknown): number {
  const version = (content as { provenance?: { schemaVersion?: unknown } }).provenance?.schemaVersion;
  return typeof version === 'number' ? version : 1;
}

function summaryRow({
  id,
  day,
  currency,
  wish,
  values,
  check,
  provenance,
}: Omit<MarketPlan, 'contentHash'>): SummaryRow {
  return {
    id,
    day,
    created_ms: provenance.createdAtMs,
    currency,
    ambiguity: wish.ambiguity,
    confidence: wish.confidence,
    guaranteed: values.find(({ kind }) => kind === wish.ambiguity)!.guaranteed,
    passed: check.passed ? 1 : 0,
  };
}
