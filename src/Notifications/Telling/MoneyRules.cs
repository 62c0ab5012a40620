using System.Globalization;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of the way of a payment: claimed, attested, settled, disputed, given up; and of what funders pay
/// in.</summary>
internal static class MoneyRules
{
    private const string Claim = "claim-obligation";
    private const string Credit = "credit-obligation";
    private const string Attest = "attest-claim";
    private const string Confirm = "confirm-payment";
    private const string Resolve = "resolve-dispute";
    private const string ConfirmPaidIn = "confirm-paid-in";
    private static readonly string[] Awaited = [Claim, Credit, Attest, Confirm, Resolve];

    public static void AddTo(Rules rules)
    {
        Payments(rules);
        Disputes(rules);
        PaymentsIn(rules);
    }

    private static void Payments(Rules rules) => rules
        .When<ObligationTriggered>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Lines =
            [
                Act(fact.AmountMinor < 0 ? Credit : Claim, fact.PayeeOrganisationId, fact.ObligationId, Page(fact.ContractId),
                    Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency), Roles.Controller, Roles.Officer),
            ],
        })
        .When<ObligationClaimed>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(Claim, Obligation(fact.ObligationId)), new Finish(Credit, Obligation(fact.ObligationId))],
            Lines =
            [
                Act(Attest, fact.PayerOrganisationId, fact.ObligationId, $"/attest/{fact.ObligationId}",
                    Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency), Roles.Controller),
            ],
        })
        .When<ObligationAttested>(fact => fact.Sequence, fact => fact.AttestationsMissing > 0 ? new Tidings() : new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(Attest, Obligation(fact.ObligationId))],
            Lines =
            [
                Act(Confirm, fact.PayeeOrganisationId, fact.ObligationId, Page(fact.ContractId),
                    Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency), Roles.Controller),
            ],
        })
        .When<ObligationSettled>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [.. Awaited.Select(kind =>
                new Finish(kind, Obligation(fact.ObligationId)))],
            Lines =
            [
                Act("obligation-settled", fact.PayerOrganisationId, fact.ObligationId, Page(fact.ContractId),
                    Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency),
                    Roles.Controller) with { MustAct = false },
            ],
        });

    private static void Disputes(Rules rules) => rules
        .When<ObligationDisputed>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Lines =
            [
                // Whoever disputes says in the end how it went; nothing is paid until then.
                Act(Resolve, fact.OrganisationId, fact.ObligationId, $"/attest/{fact.ObligationId}",
                    Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency), Roles.Controller, Roles.Officer),
                // To the other side: the one who disputes knows.
                Act("obligation-disputed", fact.OrganisationId == fact.PayerOrganisationId
                    ? fact.PayeeOrganisationId : fact.PayerOrganisationId,
                    fact.ObligationId, Page(fact.ContractId),
                    [
                        .. Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency),
                        ("organisation", fact.OrganisationId.ToString()), ("reason", fact.Reason),
                    ],
                    Roles.Controller, Roles.Officer) with { MustAct = false },
            ],
        })
        .When<ObligationDisputeResolved>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(Resolve, Obligation(fact.ObligationId))],
            Lines =
            [
                Act("dispute-resolved", Other(fact.OrganisationId, fact.PayerOrganisationId, fact.PayeeOrganisationId),
                    fact.ObligationId, $"/attest/{fact.ObligationId}",
                    [
                        .. Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency),
                        ("organisation", fact.OrganisationId.ToString()), ("outcome", fact.Outcome),
                    ],
                    Roles.Controller, Roles.Officer) with { MustAct = false },
            ],
        })
        .When<ObligationWrittenOff>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [.. Awaited.Select(kind => new Finish(kind, Obligation(fact.ObligationId)))],
            Lines =
            [
                Act("obligation-written-off", Other(fact.OrganisationId, fact.PayerOrganisationId, fact.PayeeOrganisationId),
                    fact.ObligationId, $"/attest/{fact.ObligationId}",
                    [
                        .. Money(fact.ContractTitle, fact.PeriodKey, fact.AmountMinor, fact.Currency),
                        ("organisation", fact.OrganisationId.ToString()), ("reason", fact.Reason),
                    ],
                    Roles.Controller, Roles.Officer) with { MustAct = false },
            ],
        });

    private static void PaymentsIn(Rules rules) => rules
        .When<PaidInRecorded>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Lines =
            [
                PaidIn(ConfirmPaidIn, fact.ReceiverOrganisationId, fact.PaidInId, fact.ContractId,
                    [
                        ("title", fact.ContractTitle), Amount(fact.AmountMinor, fact.Currency),
                        ("paidOn", Day(fact.PaidOn)), ("organisation", fact.FunderOrganisationId.ToString()),
                    ]) with { MustAct = true },
            ],
        })
        .When<PaidInAnswered>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(ConfirmPaidIn, PaidIn(fact.PaidInId))],
            Lines =
            [
                PaidIn(fact.Came ? "paid-in-came" : "paid-in-did-not-come", fact.FunderOrganisationId, fact.PaidInId,
                    fact.ContractId,
                    [
                        ("title", fact.ContractTitle), Amount(fact.AmountMinor, fact.Currency),
                        ("paidOn", Day(fact.PaidOn)), ("organisation", fact.ReceiverOrganisationId.ToString()),
                    ]),
            ],
        });

    private static Guid Other(Guid one, Guid payer, Guid payee) => one == payer ? payee : payer;

    private static Line PaidIn(
        string kind, Guid organisation, Guid paidIn, Guid contract, (string Name, string Value)[] words) =>
        new(kind, To.Only(organisation), PaidIn(paidIn), new Subject("contract", contract),
            $"/utfallskontrakt/{contract}/satsning")
        {
            Roles = [Roles.Controller, Roles.Officer],
            Arguments = Words(words),
        };

    private static Line Act(string kind, Guid organisation, Guid obligation, string path, (string Name, string Value)[] words,
        params string[] roles) =>
        new(kind, To.Only(organisation), Obligation(obligation), new Subject("obligation", obligation), path)
        {
            MustAct = true,
            Roles = roles,
            Arguments = Words(words),
        };

    private static (string Name, string Value)[] Money(string title, string period, long minor, string currency) =>
        [("title", title), ("period", period), Amount(minor, currency)];

    private static (string Name, string Value) Amount(long minor, string currency) =>
        ("amount", $"{minor.ToString(CultureInfo.InvariantCulture)} {currency}");

    private static string Page(Guid contract) => $"/utfallskontrakt/{contract}";

    private static string PaidIn(Guid paidIn) => $"paid-in:{paidIn}";

    private static string Obligation(Guid obligation) => $"obligation:{obligation}";
}
