using Iop.Agreements.Domain.Life;
using Iop.Kernel;

namespace Iop.Agreements.Domain;

/// <summary>What the parties agree (överenskommelse), through its whole life. Sections, answers, fixed versions and the days
/// these are in force are rows of their own beside it.</summary>
public sealed partial class Agreement
{
    private Agreement()
    {
    }

    public AgreementId Id { get; private init; }

    public PartnershipId PartnershipId { get; private init; }

    public string Title { get; private set; } = "";

    public AgreementState State { get; private set; }

    public DateTimeOffset StateSince { get; private set; }

    /// <summary>Where the text being written is. Before the first version is in force it follows the state.</summary>
    public Working Working { get; private set; } = Working.Draft;

    public DateTimeOffset WorkingSince { get; private set; }

    public DateOnly StartsOn { get; private set; }

    public DateOnly? EndsOn { get; private set; }

    public bool AutoRenews { get; private set; }

    public int? NoticeMonths { get; private set; }

    public string? Area { get; private set; }

    public string? TargetAge { get; private set; }

    public string? MunicipalityCode { get; private set; }

    public string? CountyCode { get; private set; }

    public int? RenewalMonths { get; private set; }

    public int? AssessmentMonths { get; private set; }

    public string? AdjustedBy { get; private set; }

    public IReadOnlyList<string>? AdjustedSections { get; private set; }

    /// <summary>The version of the questionnaire that the assessment answers.</summary>
    public string Catalogue { get; private init; } = "";

    /// <summary>The text as it is fixed: the opened version, or the one in force while nothing is changed. Null while it may
    /// change.</summary>
    public string? VersionHash { get; private set; }

    /// <summary>The version in force, while the agreement binds.</summary>
    public string? InForceHash { get; private set; }

    /// <summary>Whose text the working text is, or was last.</summary>
    public ChangeId? ChangeId { get; private set; }

    public ChangeKind ChangeKind { get; private set; }

    /// <summary>The day the change is to take effect; null for the first, which starts on its start date.</summary>
    public DateOnly? EffectiveOn { get; private set; }

    public DateOnly? SignedOn { get; private set; }

    public string? WithdrawnBecause { get; private set; }

    public DateOnly? TermFrom { get; private set; }

    public DateOnly? TermTo { get; private set; }

    public bool TermRenews { get; private set; }

    public int? TermNoticeMonths { get; private set; }

    public int TermRenewalMonths { get; private set; }

    public long Version { get; private set; }

    public Frame Frame => new(Title, StartsOn, EndsOn, AutoRenews, NoticeMonths, Area, TargetAge, MunicipalityCode, CountyCode,
        RenewalMonths, AssessmentMonths, AdjustedBy, AdjustedSections);

    public Term? Term => TermFrom is { } from ? new Term(from, TermTo, TermRenews, TermNoticeMonths, TermRenewalMonths) : null;

    /// <summary>Null while the text may change.</summary>
    public Refusal? IsFixed => CanBeDrafted ? null : AgreementRefusals.NotDrafted(State);

    public bool CanBeDrafted => Working.CanBeDrafted();

    /// <summary>Whether a newcomer to the partnership joins this text: not while it changes for another reason.</summary>
    public bool TakesNewcomers => CanBeDrafted && ChangeKind is ChangeKind.First or ChangeKind.Renegotiation;

    /// <summary>The day a signed text takes over: never before all had signed, unless the agreement itself begins with
    /// it.</summary>
    public DateOnly? TakesOverOn => Working is not Working.Signed ? null
        : ChangeKind is ChangeKind.First || EffectiveOn is not { } day ? StartsOn
        : SignedOn is { } signed && signed > day ? signed : day;

    public static Agreement Draft(AgreementId id, PartnershipId partnership, Frame frame, string catalogue, DateTimeOffset now)
    {
        var agreement = new Agreement
        {
            Id = id,
            PartnershipId = partnership,
            Catalogue = catalogue,
            StateSince = now,
            WorkingSince = now,
        };
        agreement.Take(frame);
        return agreement;
    }

    public void BelongsTo(Change first) => (ChangeId, ChangeKind) = (first.ChangeId, first.Kind);

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

    /// <summary>Something beside the text has happened: a talk was booked, a party leaves, a rescission is disputed.</summary>
    public void Note() => Version++;

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
    public bool IsOpenForSignature => Working is Working.OpenForSignature;

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

    /// <summary>A party has signed; with the last signature the text is signed.</summary>
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

    /// <summary>The signed text takes over: the agreement is in force by it.</summary>
    public Refusal? EnterIntoForce(DateTimeOffset now)
    {
        if (Move(AgreementAct.StartDateComes, now) is { } refusal) return refusal;
        TakeForce(VersionHash!, Frame);
        return null;
    }

    /// <summary>A version that nobody signs takes over beside a text under way.</summary>
    public Refusal? TakeOverBeside(string hash, Frame frame)
    {
        if (!State.Binds()) return LifeRefusals.NotInForce(State);
        // Nobody has written another end: the text under way follows.
        if (CanBeDrafted && EndsOn == TermTo) EndsOn = frame.EndsOn;
        TakeForce(hash, frame);
        Version++;
        return null;
    }

    /// <summary>Opens the text again while the version in force goes on.</summary>
    public Refusal? BeginChange(Change change, DateTimeOffset now)
    {
        if (!State.Binds()) return LifeRefusals.NotInForce(State);
        if (Move(AgreementAct.BeginChange, now) is not null) return LifeRefusals.ChangeUnderWay(ChangeKind);
        (ChangeId, ChangeKind, EffectiveOn, VersionHash) = (change.ChangeId, change.Kind, change.EffectiveOn, null);
        return null;
    }

    public Refusal? MoveEffectiveDay(DateOnly day)
    {
        if (IsFixed is { } refusal) return refusal;
        EffectiveOn = day;
        Version++;
        return null;
    }

    /// <summary>Fixes a text that binds without signatures; the signed day is the day it was decided.</summary>
    public Refusal? Decide(string versionHash, DateTimeOffset now)
    {
        if (Move(AgreementAct.Decide, now) is { } refusal) return refusal;
        VersionHash = versionHash;
        SignedOn = SwedishTime.DateIn(now);
        return null;
    }

    /// <summary>The change is given up; the version in force is the text again.</summary>
    public Refusal? AbandonChange(DateTimeOffset now)
    {
        if (!State.Binds() || Working is Working.None) return LifeRefusals.NoChangeUnderWay;
        if (Move(AgreementAct.AbandonChange, now) is { } refusal) return refusal;
        VersionHash = InForceHash;
        return null;
    }

    /// <summary>A party has given notice: the agreement is in force until the day.</summary>
    public Refusal? GiveNotice(DateOnly lastDay, DateTimeOffset now)
    {
        if (Move(AgreementAct.GiveNotice, now) is { } refusal) return refusal;
        (TermTo, TermRenews) = (lastDay, false);
        return null;
    }

    public Refusal? Rescind(DateTimeOffset now) => Over(AgreementAct.Rescind, now);

    public Refusal? End(DateTimeOffset now) => Over(AgreementAct.LastDayPasses, now);

    public Refusal? Withdraw(string reason, DateTimeOffset now)
    {
        if (Over(AgreementAct.Withdraw, now) is { } refusal) return refusal;
        WithdrawnBecause = reason;
        return null;
    }

    private Refusal? Over(AgreementAct act, DateTimeOffset now)
    {
        if (Move(act, now) is { } refusal) return refusal;
        (Working, WorkingSince) = (Working.None, now);
        if (InForceHash is not null) VersionHash = InForceHash;
        return null;
    }

    /// <summary>The act moves the life, the working text, or (before the agreement is in force) both as one.</summary>
    private Refusal? Move(AgreementAct act, DateTimeOffset now)
    {
        var (state, working) = (State.After(act), Working.After(act));
        if (state is null && (working is null || !State.Binds())) return AgreementRefusals.NotNow(State, act);
        if (state is { } next) (State, StateSince) = (next, now);
        if (working is { } text) (Working, WorkingSince) = (text, now);
        Version++;
        return null;
    }

    private void TakeForce(string hash, Frame frame)
    {
        var (from, to) = (TermFrom, TermTo);
        InForceHash = hash;
        Take(Term.Of(frame));
        if (from is not null) TermFrom = from;
        // A notice that runs goes on running, whatever takes over meanwhile.
        if (State is AgreementState.NoticeGiven && to < (TermTo ?? DateOnly.MaxValue)) (TermTo, TermRenews) = (to, false);
    }

    private void Take(Term term) => (TermFrom, TermTo, TermRenews, TermNoticeMonths, TermRenewalMonths) =
        (term.From, term.To, term.AutoRenews, term.NoticeMonths, term.RenewalMonths);

    private void Take(Frame frame)
    {
        (Title, StartsOn, EndsOn, AutoRenews, NoticeMonths) =
            (frame.Title, frame.StartsOn, frame.EndsOn, frame.AutoRenews, frame.NoticeMonths);
        (Area, TargetAge, MunicipalityCode, CountyCode) = (frame.Area, frame.TargetAge, frame.MunicipalityCode, frame.CountyCode);
        (RenewalMonths, AssessmentMonths, AdjustedBy, AdjustedSections) =
            (frame.RenewalMonths, frame.AssessmentMonths, frame.AdjustedBy, frame.AdjustedSections);
        Version++;
    }
}
