using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>What the parties agree (överenskommelse). Sections, contributions and answers are rows of their own beside
/// it.</summary>
public sealed class Agreement
{
    private Agreement()
    {
    }

    public AgreementId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Title { get; private set; } = "";

    public AgreementState State { get; private set; }

    public DateTimeOffset StateSince { get; private set; }

    public DateOnly StartsOn { get; private set; }

    public DateOnly? EndsOn { get; private set; }

    public bool AutoRenews { get; private set; }

    public int? NoticeMonths { get; private set; }

    public string? Area { get; private set; }

    public string? TargetAge { get; private set; }

    public string? MunicipalityCode { get; private set; }

    public string? CountyCode { get; private set; }

    /// <summary>The version of the questionnaire that the assessment answers.</summary>
    public string Catalogue { get; private init; } = "";

    /// <summary>The opened version; null until then.</summary>
    public string? VersionHash { get; private set; }

    public DateOnly? SignedOn { get; private set; }

    public string? WithdrawnBecause { get; private set; }

    public long Version { get; private set; }

    /// <summary>What the parties say of the whole, outside the sections.</summary>
    public Frame Frame => new(Title, StartsOn, EndsOn, AutoRenews, NoticeMonths, Area, TargetAge, MunicipalityCode, CountyCode);

    public static Agreement Draft(AgreementId id, PartnershipId partnership, Frame frame, string catalogue, DateTimeOffset now)
    {
        var agreement = new Agreement { Id = id, PartnershipId = partnership, Catalogue = catalogue, StateSince = now };
        agreement.Take(frame);
        return agreement;
    }

    /// <summary>Null while the draft may change.</summary>
    public Refusal? IsFixed => State.CanBeDrafted() ? null : AgreementRefusals.NotDrafted(State);

    public Refusal? ChangeFrame(Frame frame)
    {
        if (IsFixed is { } refusal) return refusal;
        Take(frame);
        return null;
    }

    /// <summary>An answer, an approval or a newcomer among the parties: the whole has changed though no word of the frame
    /// has.</summary>
    public Refusal? Touch()
    {
        if (IsFixed is { } refusal) return refusal;
        Version++;
        return null;
    }

    public Refusal? CompleteAssessment(DateTimeOffset now) => Move(AgreementAct.CompleteAssessment, now);

    /// <summary>Fixes the text. Whether the gate is open is <see cref="OpeningGate"/>'s to say.</summary>
    public Refusal? Open(OpeningGate gate, string versionHash, DateTimeOffset now)
    {
        if (IsFixed is { } drafted) return drafted;
        if (gate.Refusal is { } closed) return closed;
        if (Move(AgreementAct.Open, now) is { } refusal) return refusal;
        VersionHash = versionHash;
        return null;
    }

    /// <summary>There is a version that can be signed now.</summary>
    public bool IsOpenForSignature => State is AgreementState.OpenForSignature;

    /// <summary>A reviewer has looked, a signatory has declined: the signing has moved on though nobody has signed.</summary>
    public Refusal? NoteSigning()
    {
        if (!IsOpenForSignature) return AgreementRefusals.NotOpenForSignature(State);
        Version++;
        return null;
    }

    /// <summary>The text of a declined version may be changed again (tas tillbaka till utkast).</summary>
    public Refusal? Redraft(DateTimeOffset now)
    {
        if (Move(AgreementAct.Redraft, now) is { } refusal) return refusal;
        VersionHash = null;
        return null;
    }

    /// <summary>A party has signed; with the last signature the agreement is signed.</summary>
    public Refusal? TakeSignature(bool isLast, DateTimeOffset now)
    {
        if (!IsOpenForSignature) return AgreementRefusals.NotOpenForSignature(State);
        if (!isLast)
        {
            Version++;
            return null;
        }
        SignedOn = SwedishTime.DateIn(now);
        return Move(AgreementAct.LastPartySigns, now);
    }

    public Refusal? EnterIntoForce(DateTimeOffset now) => Move(AgreementAct.StartDateComes, now);

    public Refusal? End(DateTimeOffset now) => Move(AgreementAct.LastDayPasses, now);

    public Refusal? Withdraw(string reason, DateTimeOffset now)
    {
        if (Move(AgreementAct.Withdraw, now) is { } refusal) return refusal;
        WithdrawnBecause = reason;
        return null;
    }

    private Refusal? Move(AgreementAct act, DateTimeOffset now)
    {
        if (State.After(act) is not { } next) return AgreementRefusals.NotNow(State, act);
        (State, StateSince) = (next, now);
        Version++;
        return null;
    }

    private void Take(Frame frame)
    {
        (Title, StartsOn, EndsOn, AutoRenews, NoticeMonths) =
            (frame.Title, frame.StartsOn, frame.EndsOn, frame.AutoRenews, frame.NoticeMonths);
        (Area, TargetAge, MunicipalityCode, CountyCode) = (frame.Area, frame.TargetAge, frame.MunicipalityCode, frame.CountyCode);
        Version++;
    }
}

/// <summary>Title, period and what the register needs (ram).</summary>
/// <param name="Area">One of the register's eight areas, or null.</param>
/// <param name="TargetAge">0-25, 26-65, over-65, all, or null.</param>
public sealed record Frame(
    string Title, DateOnly StartsOn, DateOnly? EndsOn, bool AutoRenews, int? NoticeMonths,
    string? Area, string? TargetAge, string? MunicipalityCode, string? CountyCode)
{
    public const int TitleMax = 200;
    public const int NoticeMonthsMax = 60;

    /// <summary>The eight areas of the register [kartlaggning p. 6–8].</summary>
    public static IReadOnlyList<string> Areas { get; } =
        ["safety", "leisure-education", "health", "crime", "labour-integration", "disability", "basic-needs", "other"];

    public static IReadOnlyList<string> TargetAges { get; } = ["0-25", "26-65", "over-65", "all"];
}
