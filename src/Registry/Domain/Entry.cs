using Iop.Kernel;

namespace Iop.Registry.Domain;

public readonly record struct EntryId(Guid Value);

/// <summary>Another service's partnership; all we know of it is its agreements in force.</summary>
public readonly record struct PartnershipRef(Guid Value);

/// <summary>Running, believed to be running, or over.</summary>
public enum EntryStatus
{
    /// <summary>In force; renewed and open-ended ones until they are ended (pågående).</summary>
    Active,

    /// <summary>Not confirmed this year (antas pågå); shown apart.</summary>
    Presumed,

    /// <summary>No agreement is in force any more (avslutat).</summary>
    Ended,

    /// <summary>It has not begun yet (kommande).</summary>
    Future,

    /// <summary>Nobody has said when it began, or whether it still runs (okänt).</summary>
    Unknown,
}

/// <summary>One partnership in the public register: it counts once, however many agreements and renewals it has.</summary>
public sealed partial class Entry
{
    public const string SignedHere = "signed-here";
    private readonly List<EntryAgreement> _agreements = [];

    private Entry()
    {
    }

    public EntryId EntryId { get; private init; }

    public PartnershipRef? PartnershipId { get; private init; }

    public string Title { get; private set; } = "";

    public string? Purpose { get; private set; }

    public string? Challenge { get; private set; }

    public string? TargetGroup { get; private set; }

    public string? Area { get; private set; }

    public string? TargetAge { get; private set; }

    public string? MunicipalityCode { get; private set; }

    public string? CountyCode { get; private set; }

    public string? PlaceName { get; private set; }

    public DateOnly? StartsOn { get; private set; }

    /// <summary>Where no date is known.</summary>
    public int? StartYear { get; private set; }

    /// <summary>The last day as agreed; none when open-ended.</summary>
    public DateOnly? EndsOn { get; private set; }

    public bool OpenEnded { get; private set; }

    public DateOnly? EndedOn { get; private set; }

    public EntryStatus Status { get; private set; }

    public string Provenance { get; private init; } = SignedHere;

    public DateOnly? LastConfirmedOn { get; private set; }

    /// <summary>For the search.</summary>
    public string PartyNames { get; private set; } = "";

    public DateTimeOffset PublishedAt { get; private init; }

    public long Version { get; private set; }

    public IReadOnlyList<EntryAgreement> Agreements => _agreements;

    public static Entry Of(EntryId id, PartnershipRef partnership, DateTimeOffset now) =>
        new() { EntryId = id, ChainId = id.Value, PartnershipId = partnership, PublishedAt = now };

    /// <summary>An agreement of the partnership has entered into force: the entry follows it.</summary>
    public void Follow(EntryAgreement agreement, Func<string?, string?, string?> nameOfPlace)
    {
        _agreements.Add(agreement);
        Retell(nameOfPlace);
    }

    /// <summary>A new version of an agreement has taken over: the entry stays one and follows it. What is older than known only
    /// adds its line to the history.</summary>
    public void Follow(EntryAgreement agreement, EntryChange change, bool isNewest, Func<string?, string?, string?> nameOfPlace)
    {
        agreement.Note(change);
        LastConfirmedOn = Later(LastConfirmedOn, change.OnDay);
        if (isNewest) Retell(nameOfPlace);
        Version++;
    }

    /// <summary>An agreement is no longer in force; when none is, the partnership has ended. False when the agreement is not
    /// known here.</summary>
    public bool End(Guid agreementId, DateOnly endedOn, string how)
    {
        if (_agreements.Find(agreement => agreement.AgreementId == agreementId) is not { } ended) return false;
        ended.End(endedOn, how);
        DecideStatus();
        LastConfirmedOn = Later(LastConfirmedOn, endedOn);
        Version++;
        return true;
    }

    private void Retell(Func<string?, string?, string?> nameOfPlace)
    {
        var newest = _agreements.MaxBy(agreement => (agreement.StartsOn, agreement.SignedOn))!;
        Title = newest.Title;
        (Purpose, Challenge, TargetGroup) = (Known(newest.Purpose), Known(newest.Challenge), Known(newest.TargetGroup));
        (Area, TargetAge) = (newest.Area, newest.TargetAge);
        (MunicipalityCode, CountyCode) = (newest.MunicipalityCode, newest.CountyCode ?? newest.MunicipalityCode?[..2]);
        PlaceName = nameOfPlace(MunicipalityCode, CountyCode);
        StartsOn = _agreements.Min(agreement => agreement.StartsOn);
        PartyNames = string.Join(", ", _agreements.SelectMany(agreement => agreement.Parties)
            .SelectMany(party => new[] { party.Name, party.UnitName }).OfType<string>().Distinct(StringComparer.Ordinal));
        if (newest.SignedOn is { } signed) LastConfirmedOn = Later(LastConfirmedOn, signed);
        DecideStatus();
        NoteMissing();
        Version++;
    }

    private void DecideStatus()
    {
        var running = _agreements.FindAll(agreement => agreement.EndedOn is null);
        Status = running.Count > 0 ? EntryStatus.Active : EntryStatus.Ended;
        EndedOn = running.Count > 0 ? null : _agreements.Max(agreement => agreement.EndedOn);
        OpenEnded = running.Exists(agreement => agreement.EndsOn is null);
        AutoRenews = running.Exists(agreement => agreement.AutoRenews);
        var counted = running.Count > 0 ? running : _agreements;
        EndsOn = OpenEnded ? null : counted.Max(agreement => agreement.EndsOn);
    }

    private static string? Known(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly Later(DateOnly? known, DateOnly day) => known is { } before && before > day ? before : day;
}
