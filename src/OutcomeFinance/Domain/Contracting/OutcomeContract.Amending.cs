using Iop.Kernel;
using Iop.OutcomeFinance.Domain.Amending;

namespace Iop.OutcomeFinance.Domain.Contracting;

/// <summary>How a signed contract is amended from a date.</summary>
internal sealed partial class OutcomeContract
{
    private readonly List<Amendment> _amendments = [];

    public IReadOnlyList<Amendment> Amendments => _amendments;

    public Amendment? AmendmentCalled(string number) => _amendments.Find(
        one => one.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == number);

    /// <summary>The amendment that is drafted or signed now.</summary>
    public Amendment? UnderWay => _amendments.Find(one => one.IsUnderWay);

    /// <summary>Of the version that is drafted, or else of the newest.</summary>
    public int WorkingNumber => UnderWay?.Number ?? Editions[^1].Number;

    public bool IsBeingDrafted => State is ContractState.Draft || UnderWay is { State: AmendmentState.Draft };

    public Party Verifier => _parties.First(party => party.Verifies);

    /// <summary>The contract as it reads, from its beginning and from each amendment that all have signed.</summary>
    public IReadOnlyList<Edition> Editions =>
    [
        new Edition(1, VersionHash, null, null, Terms, new Roster([.. _parties.Where(party => party.FromVersion == 1)])),
        .. _amendments.Where(one => one.State is AmendmentState.Signed).OrderBy(one => one.Number).Select(one => new Edition(
            one.Number, one.VersionHash, one.HoldsFrom, one.FirstPeriod, one.Terms, one.Content.Roster(this))),
    ];

    /// <summary>As it reads now: what is still to come is simulated and expected by its terms.</summary>
    public Edition Newest() => Editions[^1];

    /// <summary>The periods that an edition holds for, in the contract's order.</summary>
    public IReadOnlyList<ContractPeriod> PeriodsOf(Edition edition) =>
        [.. Periods.Where(period => EditionOf(period).Number == edition.Number)];

    public Edition EditionOf(ContractPeriod period) => Editions.Last(edition => edition.Holds(period.From));

    /// <summary>The parties of the version that is being made; else of the newest.</summary>
    public IReadOnlyList<Party> WorkingParties => UnderWay is { } amendment
        ? amendment.Content.Roster(this).Parties : Editions[^1].Roster.Parties;

    /// <summary>Null when an amendment may begin: all have signed, and no other is under way.</summary>
    public Refusal? WhyNotAmended => State is not ContractState.Signed ? ContractRefusals.NotSigned(State)
        : UnderWay is not null ? AmendmentRefusals.UnderWay : null;

    public Refusal? Amend(Amendment amendment)
    {
        if (WhyNotAmended is { } refusal) return refusal;
        _amendments.Add(amendment);
        return null;
    }

    /// <summary>What a party is called, be it of the contract or of an amendment.</summary>
    public string NameOf(Guid organisation, Guid? unit) => _parties
        .Concat(_amendments.SelectMany(amendment => amendment.Content.Roster(this).Parties))
        .First(party => party.OrganisationId == organisation && (unit is null || party.UnitId == unit)).Name;

    public int NextNumber => _amendments.Count + 2;

    internal void NoteOpening() => Version++;

    internal void NoteAbandoning() => Version++;

    /// <summary>All who are party before or after sign anew: nobody leaves without signing.</summary>
    public IEnumerable<Party> SignatoriesOf(Amendment amendment) => Editions[^1].Roster.Parties
        .Concat(amendment.Content.Roster(this).Parties).DistinctBy(party => (party.OrganisationId, party.UnitId));

    public IEnumerable<Party> SignaturesMissingOf(Amendment amendment) =>
        SignatoriesOf(amendment).Where(party => !HasSigned(party, amendment.VersionHash));

    /// <summary>A party signs the amended version.</summary>
    public Refusal? Sign(Amendment amendment, Func<Party, ContractSignature> sign, Actor by)
    {
        if (amendment.State is not AmendmentState.OpenForSignature) return AmendmentRefusals.NotOpen(amendment.State);
        var mine = SignatoriesOf(amendment).Where(party => party.IsActedForBy(by)).ToList();
        if (mine.Count == 0) return ContractRefusals.NotASignatory;
        if (mine.Find(party => !HasSigned(party, amendment.VersionHash)) is not { } party)
            return ContractRefusals.AlreadySigned(mine[0].Name);
        _signatures.Add(sign(party));
        amendment.NoteSigning();
        return null;
    }

    /// <summary>All have signed: from its date the contract reads as amended. Periods before it are not touched.</summary>
    public void Follow(Amendment amendment)
    {
        var position = _periods.Max(period => period.Position);
        var keys = amendment.Content.Periods.Select(period => period.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var old in Periods.Where(old => old.From >= amendment.HoldsFrom && !keys.Contains(old.Key)))
            old.DroppedBy = amendment.Number;
        foreach (var period in amendment.Content.Periods)
        {
            position++;
            if (_periods.Find(known => known.Key == period.Key) is { } again) again.Become(period, position);
            else _periods.Add(ContractPeriod.Of(period, ContractId, position));
        }
        var place = _parties.Max(party => party.Position);
        foreach (var one in amendment.Content.Parties.Where(one => !_parties.Exists(known => known.Id.Value == one.PartyId)))
            _parties.Add(AmendmentContent.Of(one, ++place, amendment.Number, this));
        Version++;
    }
}
