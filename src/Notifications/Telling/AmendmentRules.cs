using System.Globalization;
using Iop.Contracts.OutcomeFinance;
using Iop.Kernel;
using Iop.Notifications.Calendar;
using Iop.Notifications.Domain;
using static Iop.Notifications.Telling.Rules;

namespace Iop.Notifications.Telling;

/// <summary>Who hears what of an amendment of an outcome contract: all sign it anew, and hear when it holds.</summary>
internal static class AmendmentRules
{
    private const string Sign = "sign-amendment";

    public static void AddTo(Rules rules) => rules
        .When<OutcomeContractAmendmentOpened>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Lines =
            [
                new Line(Sign, To.Each(fact.Parties.Select(party =>
                        new Recipient(party.OrganisationId, party.UnitId, party.OrganisationId))),
                    Amendment(fact.ContractId, fact.Number), new Subject("contract", fact.ContractId),
                    Page(fact.ContractId, fact.Number))
                {
                    MustAct = true,
                    Roles = [Roles.Signatory],
                    Arguments = Words(("title", fact.Title), ("holdsFrom", Day(fact.HoldsFrom))),
                },
            ],
        })
        .When<OutcomeContractAmendmentAbandoned>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId),
            Finishes = [new Finish(Sign, Amendment(fact.ContractId, fact.Number))],
            Lines =
            [
                new Line("amendment-abandoned", To.Everybody, Amendment(fact.ContractId, fact.Number),
                    new Subject("contract", fact.ContractId), Page(fact.ContractId, fact.Number))
                {
                    Arguments = Words(
                        ("title", fact.Title), ("holdsFrom", Day(fact.HoldsFrom)), ("reason", fact.Reason)),
                },
            ],
        })
        .When<OutcomeContractAmended>(fact => fact.Sequence, fact => new Tidings
        {
            Circle = new Circle(fact.ContractId, fact.Title,
                [.. fact.Parties.Select(party => new Member(party.OrganisationId, party.UnitId, party.Role))]),
            Finishes = [new Finish(Sign, Amendment(fact.ContractId, fact.Number))],
            Lines =
            [
                new Line("contract-amended", To.Everybody, Amendment(fact.ContractId, fact.Number),
                    new Subject("contract", fact.ContractId), Page(fact.ContractId, fact.Number))
                {
                    Arguments = Words(("title", fact.Title), ("holdsFrom", Day(fact.HoldsFrom))),
                },
            ],
            Deadlines = [.. fact.Periods.Select(period =>
                DeadlineRules.Measurement(fact.ContractId, fact.Title, period.Key, period.To))],
            Only = DeadlineRules.OfMeasurements(fact.ContractId, fact.HoldsFrom),
        });

    private static string Amendment(Guid contract, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"contract:{contract}:amendment:{number}");

    private static string Page(Guid contract, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"/utfallskontrakt/{contract}/tillagg/{number}");
}
