using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>The side of an entry that people write: entries without an agreement here, and what is added to any.</summary>
public sealed partial class Entry
{
    public const string Imported = "imported";
    public const string EnteredByHand = "entered-by-hand";
    public const string ReportedByOneSide = "reported-by-one-side";

    public const int PartiesMax = 60;

    private readonly List<EntryDocument> _documents = [];

    /// <summary>The same for all entries that continue each other: they count as one.</summary>
    public Guid ChainId { get; private set; }

    public EntryId? FollowsEntryId { get; private set; }

    public EntryId? GrewOutOfEntryId { get; private set; }

    public int? EndYear { get; private set; }

    public bool AutoRenews { get; private set; }

    /// <summary>How many times it has been renewed, as somebody has said it.</summary>
    public int? Renewals { get; private set; }

    public bool National { get; private set; }

    public IReadOnlyList<string> MorePlaces { get; private set; } = [];

    public IReadOnlyList<string> SecondaryAreas { get; private set; } = [];

    public IReadOnlyList<string> SecondaryAges { get; private set; } = [];

    public IReadOnlyList<string> Tags { get; private set; } = [];

    /// <summary>What nobody has said yet; shown, not hidden.</summary>
    public IReadOnlyList<string> Missing { get; private set; } = [];

    public string? PublicMandate { get; private set; }

    public string? PolicyBasis { get; private set; }

    public string? PolicyText { get; private set; }

    public string? Complements { get; private set; }

    public string? Initiator { get; private set; }

    /// <summary>A function, never a person.</summary>
    public string? ResponsibleFunction { get; private set; }

    public string? ResponsibleMailbox { get; private set; }

    /// <summary>The organisation that chose area and target group, and on what text.</summary>
    public string? ClassifiedBy { get; private set; }

    public string? ClassifiedOnText { get; private set; }

    /// <summary>Who answers for what stands here; the operator where nobody does.</summary>
    public OrganisationId? KeeperId { get; private set; }

    /// <summary>The next day on which its state may be another.</summary>
    public DateOnly? NextChangeOn { get; private set; }

    /// <summary>When somebody was last asked whether it is still right; none when nobody is asked now.</summary>
    public DateOnly? AskedOn { get; private set; }

    /// <summary>Made up, for showing and testing.</summary>
    public bool Synthetic { get; private init; }

    public Guid? ImportId { get; private init; }

    public int? ImportRow { get; private init; }

    /// <summary>Where it stands in lists; the database makes it.</summary>
    public DateOnly SortsOn { get; private init; }

    public IReadOnlyList<EntryDocument> Documents => _documents;

    public bool IsSignedHere => Provenance == SignedHere;

    public EntryLife Life => new(StartsOn, StartYear, EndsOn, EndYear, OpenEnded, AutoRenews, EndedOn,
        LastConfirmedOn ?? DateOnly.FromDateTime(PublishedAt.UtcDateTime), IsSignedHere);

    /// <summary>Somebody enters a partnership that has no agreement here.</summary>
    public static Entry Write(
        EntryId id, EntryWords words, EntrySource source, DateOnly today, DateTimeOffset now)
    {
        var entry = new Entry
        {
            EntryId = id, ChainId = id.Value, Provenance = source.Provenance, PublishedAt = now, KeeperId = source.Keeper,
            Synthetic = source.Synthetic, ImportId = source.ImportId, ImportRow = source.ImportRow,
            LastConfirmedOn = source.ConfirmedOn ?? today,
        };
        entry._agreements.Add(new EntryAgreement
        {
            AgreementId = id.Value, EntryId = id, Title = words.Title, Purpose = "", Challenge = "", TargetGroup = "",
            AutoRenews = words.AutoRenews,
        });
        entry.Say(words, source);
        entry.Settle(today);
        return entry;
    }

    /// <summary>The whole entry is said anew; it counts as confirmed.</summary>
    public Refusal? Rewrite(EntryWords words, EntrySource source, DateOnly today)
    {
        if (IsSignedHere) return EntryRefusals.FollowsItsAgreement;
        Say(words, source);
        LastConfirmedOn = today;
        Settle(today);
        return null;
    }

    /// <summary>What no agreement says is added, to any entry.</summary>
    public void Complete(AdditionWords? words, string by)
    {
        var said = words ?? new AdditionWords();
        (SecondaryAreas, SecondaryAges) = (said.SecondaryAreas ?? [], said.SecondaryAges ?? []);
        (Tags, PublicMandate) = (said.Tags ?? [], Known(said.PublicMandate));
        (PolicyBasis, PolicyText, Complements) = (said.PolicyBasis, Known(said.PolicyText), Known(said.Complements));
        (Initiator, ResponsibleFunction) = (said.Initiator, Known(said.ResponsibleFunction));
        (ResponsibleMailbox, ClassifiedOnText) = (Known(said.ResponsibleMailbox), Known(said.ClassifiedOnText));
        if (Area is not null || ClassifiedOnText is not null) ClassifiedBy = by;
        GrewOutOfEntryId = said.GrewOutOfEntryId is { } origin ? new EntryId(origin) : null;
        TakenOver = [.. TakenOver.Where(one => All.First(gap => one.StartsWith(gap.Field + ' ', StringComparison.Ordinal)) is
            { IsAddition: false })];
        // Numbers are never used again: what goes and what comes are two rows.
        var next = _documents.Select(document => document.Number).DefaultIfEmpty(0).Max() + 1;
        _documents.Clear();
        _documents.AddRange((said.Documents ?? []).Select((document, at) => new EntryDocument
        {
            EntryId = EntryId, Number = next + at, Kind = document.Kind, Title = document.Title, Address = document.Address,
        }));
        Version++;
    }

    /// <summary>It continues another entry (or no longer does): the same partnership, which counts once.</summary>
    public void Continue(Entry? earlier)
    {
        (FollowsEntryId, ChainId) = (earlier?.EntryId, earlier?.ChainId ?? EntryId.Value);
    }

    /// <summary>Somebody who knows says that it is so (årlig bekräftelse).</summary>
    public void Confirm(DateOnly today)
    {
        LastConfirmedOn = today;
        Settle(today);
        Version++;
    }

    /// <summary>A year has gone since somebody said that it is so: somebody is to be asked, once a year. False when nobody
    /// is.</summary>
    public bool Ask(DateOnly today)
    {
        if (Synthetic || MergedIntoEntryId is not null || Life.AskedLast(today) is not { } due || AskedOn >= due) return false;
        AskedOn = today;
        Version++;
        return true;
    }

    /// <summary>Nobody needs to answer any more. False when nobody had been asked.</summary>
    public bool NeedNotAnswer()
    {
        if (AskedOn is null) return false;
        AskedOn = null;
        return true;
    }

    /// <summary>A day has come on which it may be otherwise: it begins, ends, or nobody has confirmed it for too long.</summary>
    public bool Settle(DateOnly today)
    {
        if (IsSignedHere) return false;
        var before = Status;
        (Status, NextChangeOn) = (Life.On(today), Life.NextChange(today));
        return Status != before;
    }

    private void Say(EntryWords words, EntrySource source)
    {
        (Title, Purpose, Challenge) = (words.Title.Trim(), Known(words.Purpose), Known(words.Challenge));
        (TargetGroup, Area, TargetAge) = (Known(words.TargetGroup), words.Area, words.TargetAge);
        (StartsOn, StartYear) = (words.StartsOn, words.StartsOn is null ? words.StartYear : null);
        (OpenEnded, AutoRenews, EndedOn) = (words.OpenEnded, words.AutoRenews, words.EndedOn);
        EndsOn = words.OpenEnded ? null : words.EndsOn;
        EndYear = words.OpenEnded || words.EndsOn is not null ? null : words.EndYear;
        (Renewals, National, MorePlaces) = (words.Renewals, words.National, words.MorePlaces ?? []);
        (MunicipalityCode, CountyCode) = (words.MunicipalityCode, words.CountyCode ?? words.MunicipalityCode?[..2]);
        PlaceName = source.PlaceName;
        var agreement = _agreements[0];
        var next = agreement.Resources.Select(resource => resource.Number).DefaultIfEmpty(0).Max() + 1;
        agreement.Clear();
        (agreement.Title, agreement.StartsOn, agreement.EndsOn) = (Title, StartsOn, EndsOn);
        agreement.AutoRenews = AutoRenews;
        agreement.Between(words.Parties.Select((party, at) =>
            PartyOf(agreement, party, source.Parties[at], (int)Version * PartiesMax + at + 1)));
        agreement.With((words.Resources ?? []).Select((resource, at) => ResourceOf(agreement, resource, next + at)));
        NameParties();
        Complete(words.Additions, source.ClassifiedBy);
        TakenOver = []; // all of it is said here now
        NoteMissing();
    }

    private void NoteMissing()
    {
        var parties = _agreements.SelectMany(agreement => agreement.Parties).ToList();
        (string Field, bool Lacks)[] all =
        [
            ("purpose", Purpose is null), ("challenge", Challenge is null), ("area", Area is null),
            ("targetAge", TargetAge is null),
            ("geography", MunicipalityCode is null && CountyCode is null && !National && MorePlaces.Count == 0),
            ("startsOn", StartsOn is null && StartYear is null),
            ("endsOn", EndsOn is null && EndYear is null && EndedOn is null && !OpenEnded && !AutoRenews),
            ("resources", _agreements.TrueForAll(agreement => agreement.Resources.Count == 0)),
            ("public-party", !parties.Exists(party => party.Kind is OrganisationKind.Public)),
            ("idea-driven-party", !parties.Exists(party => party.Kind is OrganisationKind.IdeaDriven)),
        ];
        Missing = [.. all.Where(one => one.Lacks).Select(one => one.Field)];
    }

    private static EntryParty PartyOf(EntryAgreement agreement, PartyWords party, OrganisationId organisation, int at) => new()
    {
        AgreementId = agreement.AgreementId, PartyId = PartyIdOf(agreement.AgreementId, at), OrganisationId = organisation,
        Name = party.Name.Trim(), UnitName = Known(party.UnitName), Kind = party.Kind, Number = party.Number, Body = party.Body,
        MunicipalityCode = party.MunicipalityCode, CountyCode = party.CountyCode ?? party.MunicipalityCode?[..2],
        Federation = Known(party.Federation),
    };

    // The place in the list is all that tells two parties of an entry apart; what is said anew has ids of its own.
    private static Guid PartyIdOf(Guid agreement, int at)
    {
        var bytes = agreement.ToByteArray(bigEndian: true);
        (bytes[13], bytes[14], bytes[15]) =
            ((byte)(bytes[13] ^ (at >> 16)), (byte)(bytes[14] ^ (at >> 8)), (byte)(bytes[15] ^ at));
        return new Guid(bytes, bigEndian: true);
    }

    private static EntryResource ResourceOf(EntryAgreement agreement, ResourceWords resource, int at) => new()
    {
        AgreementId = agreement.AgreementId, Number = at, Side = resource.Side, Kind = resource.Kind,
        Description = Known(resource.Description) ?? "", HoursPerYear = resource.HoursPerYear,
        OrePerYear = Ore(resource.AmountPerYear), OreTotal = Ore(resource.AmountInTotal),
    };

    private static long? Ore(string? amount) => Money.TryParse(amount, Currency.Sek, out var money) ? money.Minor : null;
}

/// <summary>Where an entry comes from, who answers for it, and which legal persons its parties are, in the order of its
/// words.</summary>
public sealed record EntrySource(
    string Provenance, OrganisationId? Keeper, string ClassifiedBy, IReadOnlyList<OrganisationId> Parties,
    string? PlaceName = null, bool Synthetic = false, Guid? ImportId = null, int? ImportRow = null, DateOnly? ConfirmedOn = null);
