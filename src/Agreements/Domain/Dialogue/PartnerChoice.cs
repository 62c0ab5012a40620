namespace Iop.Agreements.Domain.Dialogue;

/// <summary>How the partners were chosen (val av partner): openly or not, how it was made known, and by what criteria. What can
/// be asked about arbitrariness later has its answer here.</summary>
public sealed class PartnerChoice
{
    public const int HowMax = 5_000;
    public const int CriteriaMax = 5_000;

    private PartnerChoice()
    {
    }

    public PartnershipId PartnershipId { get; private init; }

    public bool OpenInvitation { get; private set; }

    /// <summary>How the invitation was made known, or why there was none.</summary>
    public string How { get; private set; } = "";

    public string Criteria { get; private set; } = "";

    public PersonRef ChangedBy { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public long Version { get; private set; }

    public static PartnerChoice Of(PartnershipId partnership) => new() { PartnershipId = partnership };

    public void Record(bool openInvitation, string how, string criteria, PersonRef by, DateTimeOffset now)
    {
        (OpenInvitation, How, Criteria) = (openInvitation, how, criteria);
        (ChangedBy, ChangedAt) = (by, now);
        Version++;
    }
}
