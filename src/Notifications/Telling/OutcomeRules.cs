using Iop.Contracts.FollowUp;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of outcome contracts: signing and measuring.</summary>
internal static class OutcomeRules
{
    private const string Sign = "sign-contract";
    private const string Verify = "verify-measurement";
    private const string Correct = "correct-measurement";

    public static void AddTo(Rules rules)
    {
        Contracts(rules);
        AmendmentRules.AddTo(rules);
        Measurements(rules);
        MoneyRules.AddTo(rules);
    }

    private static void Contracts(Rules rules) => rules
        .When<OutcomeContractOpenedForSignature>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId, fact.Title,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId, party.Role))]),
            Lines =
            [
                // The verifier too: it signs that it will verify.
                new Line(Sign, To.Each(fact.Parties.Select(party =>
                        new Recipient(party.OrganisationId, party.UnitId, party.OrganisationId))),
                    Contract(fact.ContractId), new Subject("contract", fact.ContractId), Page(fact.ContractId))
                {
                    MustAct = true,
                    Roles = [Roles.Signatory],
                    Arguments = Words(("title", fact.Title)),
                },
            ],
        })
        .When<OutcomeContractSigned>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId, fact.Title,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId, party.Role))]),
            Finishes = [new Finish(Sign, Contract(fact.ContractId))],
            Lines =
            [
                new Line("contract-signed", To.Everybody, Contract(fact.ContractId), new Subject("contract", fact.ContractId),
                    Page(fact.ContractId))
                {
                    Arguments = Words(("title", fact.Title)),
                },
            ],
            Deadlines = [.. fact.Periods.Select(period =>
                DeadlineRules.Measurement(fact.ContractId, fact.Title, period.Key, period.To))],
        })
        .When<OutcomeContractEnded>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Lines =
            [
                new Line("contract-ended", To.Everybody, Contract(fact.ContractId), new Subject("contract", fact.ContractId),
                    Page(fact.ContractId))
                {
                    Arguments = Words(("title", fact.Title), ("endedOn", Day(fact.EndedOn))),
                },
            ],
            Only = DeadlineRules.OfMeasurements(fact.ContractId, fact.EndedOn),
        });

    private static void Measurements(Rules rules) => rules
        .When<MeasurementReported>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            // A new measurement of the period is the correction that was asked for.
            Finishes =
            [
                new Finish(Correct, Period(fact.ContractId, fact.PeriodKey)) { Remembered = false },
                .. FollowUpRules.Awaited(fact.ContractId, fact.PeriodKey),
            ],
            Lines =
            [
                new Line(Verify, To.Only(fact.VerifierOrganisationId), Measurement(fact.MeasurementId),
                    new Subject("measurement", fact.MeasurementId),
                    $"/verifiering/{fact.MeasurementId}")
                {
                    MustAct = true,
                    Roles = [Roles.Verifier],
                    Arguments = Words(("title", fact.ContractTitle), ("period", fact.PeriodKey)),
                },
            ],
        })
        .When<MeasurementReturned>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(Verify, Measurement(fact.MeasurementId))],
            Lines =
            [
                new Line(Correct, To.Only(fact.ReporterOrganisationId), Period(fact.ContractId, fact.PeriodKey),
                    new Subject("measurement", fact.MeasurementId), Page(fact.ContractId))
                {
                    MustAct = true,
                    Roles = [Roles.Reporter],
                    Arguments = Words(("title", fact.ContractTitle), ("period", fact.PeriodKey), ("reason", fact.Reason)),
                },
            ],
        })
        .When<MeasurementVerified>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes =
            [
                new Finish(Verify, Measurement(fact.MeasurementId)),
                new Finish(Correct, Period(fact.ContractId, fact.PeriodKey)) { Remembered = false },
            ],
            Lines =
            [
                new Line("measurement-verified", To.EverybodyBut(fact.VerifierOrganisationId), Measurement(fact.MeasurementId),
                    new Subject("measurement", fact.MeasurementId), Page(fact.ContractId))
                {
                    Arguments = Words(("title", fact.ContractTitle), ("period", fact.PeriodKey),
                        ("organisation", fact.VerifierOrganisationId.ToString())),
                },
            ],
        });

    private static string Page(Guid contract) => $"/utfallskontrakt/{contract}";

    private static string Contract(Guid contract) => $"contract:{contract}";

    private static string Period(Guid contract, string period) => $"contract:{contract}:{period}";

    private static string Measurement(Guid measurement) => $"measurement:{measurement}";
}
