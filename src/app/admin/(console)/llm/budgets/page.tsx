import type { Metadata } from "next";
import Link from "next/link";
import { providerNames } from "#domains/llm/index.ts";
import { listModelBudgets } from "#domains/llm/server.ts";
import { HelpButton } from "#domains/help/components/help-button.tsx";
import { formatCount } from "#lib/format-number.ts";
import { pageHref } from "#lib/page-href.ts";
import { hasAdminRole } from "#platform/auth/principal.ts";
import { Card } from "#ui/card.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { StateMessage } from "#ui/state-message.tsx";
import { AddBudget } from "#app/admin/(console)/llm/budgets/add-budget.tsx";
import { BudgetForm } from "#app/admin/(console)/llm/budgets/budget-form.tsx";
import { budgetName, quotaWords } from "#app/admin/(console)/llm/budgets/budget-words.ts";
import { BudgetUse } from "#app/admin/(console)/llm/budgets/budget-use.tsx";
import { QuotaForm } from "#app/admin/(console)/llm/budgets/quota-form.tsx";
import { consolePlaces } from "#app/admin/console-places.ts";
import { requireAdmin } from "#app/admin/require-admin.ts";

const { label } = consolePlaces.modelBudgets;

export const metadata: Metadata = { title: label };

export default async function BudgetsPage() {
  const { principal } = await requireAdmin();
  const { budgets, quotas } = await listModelBudgets(principal);
  const edits = hasAdminRole(principal.role, "admin");
  return (
    <div className="mx-auto max-w-content">
      <PageHeader title={label} help={<HelpButton id="model-budgets" />} actions={edits && <AddBudget providers={providerNames} />} />
      <p className="mb-4 max-w-measure text-14 text-muted">
        A call must find room in every budget that it belongs to before it reaches a model. Days and months are UTC’s. A change acts on the next call.{" "}
        <Link href={pageHref(consolePlaces.modelCalls.href, { outcome: "over_budget" })} prefetch={false}>
          Calls that found no room
        </Link>
      </p>
      <div className="grid gap-4">
        {budgets.length === 0 && (
          <StateMessage kind="partial" title="Nothing bounds what models cost">
            Without a budget, calls cost whatever providers charge.
          </StateMessage>
        )}
        {budgets.map((budget) => (
          <Card key={budget.id} id={`budget-${budget.id}`} title={budgetName(budget)} aside={budget.enabled ? undefined : "off: it refuses nobody"}>
            <BudgetUse budget={budget} />
            {edits && <BudgetForm budget={budget} />}
          </Card>
        ))}
        <Card id="quotas" title="Calls a day" aside="for each caller, by UTC day">
          <ul className="grid gap-3">
            {quotas.map((quota) => (
              <li key={quota.kind}>{edits ? <QuotaForm quota={quota} /> : <p className="text-14">{`${quotaWords[quota.kind]}: ${formatCount(quota.callsPerDay)} a day`}</p>}</li>
            ))}
          </ul>
        </Card>
      </div>
    </div>
  );
}
