using Iop.FollowUp.Domain.Participants;
using Iop.Kernel;

namespace Iop.FollowUp.Domain.Measuring;

internal enum PartyRole
{
    Payer,
    Funder,
    Payee,
    Provider,
    Verifier,
}

/// <summary>A signed outcome contract, as FollowUp needs it: what is measured, when, by whom, and who verifies.</summary>
internal sealed partial class MeasuredContract
{
    private readonly List<MeasuredParty> _parties = [];
    private readonly List<Measure> _measures = [];
    private readonly List<MeasuringPeriod> _periods = [];

    public required ContractRef Id { get; init; }

    public required string Title { get; init; }

    public required string VersionHash { get; init; }

    public required string Currency { get; init; }

    public required PartnershipRef? Partnership { get; init; }

    public IReadOnlyList<MeasuredParty> Parties => _parties;

    public IReadOnlyList<Measure> Measures => _measures;

    public IReadOnlyList<MeasuringPeriod> Periods => _periods;

    public MeasuredParty Verifier => _parties.Single(party => party.Role is PartyRole.Verifier);

    public void Learn(IEnumerable<MeasuredParty> parties, IEnumerable<Measure> measures, IEnumerable<MeasuringPeriod> periods)
    {
        _parties.AddRange(parties);
        _measures.AddRange(measures);
        _periods.AddRange(periods);
    }

    /// <summary>One verifier, and the verifier's organisation is none of the others: else the contract cannot be
    /// measured.</summary>
    public bool IsVerifiedIndependently => _parties.Count(party => party.Role is PartyRole.Verifier) == 1
        && !_parties.Any(party => party.Role is not PartyRole.Verifier && party.OrganisationId == Verifier.OrganisationId);

    /// <summary>Payer, payee and provider report; the funder pays for what is done and the verifier confirms.</summary>
    public bool LetsReport(Actor actor) => !Verifier.IsActedForBy(actor)
        && _parties.Any(party => party.Role is PartyRole.Payer or PartyRole.Payee or PartyRole.Provider
            && party.IsActedForBy(actor));

    public MeasuringPeriod? Period(string key) => _periods.Find(period => period.Key == key);

    public IReadOnlySet<string> Collections =>
        _measures.Select(measure => measure.Collection).OfType<string>().ToHashSet(StringComparer.Ordinal);

    public bool HasCollections => _measures.Exists(measure => measure.Collection is not null);

    /// <summary>Its members are people.</summary>
    public bool CountsPeople(string collection) =>
        _measures.Exists(measure => measure.PerPerson && measure.Collection == collection);

    /// <summary>Null when every figure is one that the contract measures, written as its type is, and tells of nobody.</summary>
    public Refusal? Refuses(IReadOnlyList<Figure> figures)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var figure in figures)
        {
            if (PersonalIdentity.IsIn(figure.Path) || (figure.Type is FigureType.Code && PersonalIdentity.IsIn(figure.Value)))
                return ParticipantRefusals.IdentityNumber;
            if (figure.Path.Split('/') is [var collection, var key, ..]
                && (CountsPeople(collection) || ParticipantKey.Read(key) is not null))
                return ParticipantRefusals.WrongPlace(CountsPeople(collection) ? collection : "");
            // Where it is no figure of the contract, nobody knows what was typed as a key: only the ends are said again.
            if (figure.MeasurePath is not { } path || _measures.Find(measure => measure.Path == path) is not { } measure)
                return FollowUpRefusals.NoSuchMeasure(Ends(figure.Path));
            if (!seen.Add(figure.Path)) return FollowUpRefusals.SameFigureTwice(figure.Path);
            if (measure.Refuses(figure, figure.Path) is { } refusal) return refusal;
        }
        return null;
    }

    private static string Ends(string path) => path.Split('/') is [var first, _, .., var last] ? $"{first}/…/{last}" : path;
}

internal sealed class MeasuredParty
{
    public required ContractRef ContractId { get; init; }

    public required int Position { get; set; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    public required string Name { get; init; }

    public required PartyRole Role { get; init; }

    /// <summary>An organisation is on one side: it verifies, or it does anything else.</summary>
    public bool IsVerifier => Role is PartyRole.Verifier;

    public bool IsActedForBy(Actor actor) =>
        OrganisationId == actor.Organisation && (UnitId is null || actor.Unit is null || UnitId == actor.Unit);
}

/// <summary>A period of the contract, in its order.</summary>
internal sealed class MeasuringPeriod
{
    public required ContractRef ContractId { get; init; }

    public required int Position { get; set; }

    public required string Key { get; init; }

    public required DateOnly From { get; set; }

    public required DateOnly To { get; set; }

    public required bool Final { get; set; }
}
