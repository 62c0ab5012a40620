namespace Iop.Notifications.Reporting;

/// <summary>What somebody says of a page that cannot be used (brist i tillgängligheten).</summary>
internal sealed class AccessibilityReport
{
    public required Guid ReportId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? Page { get; init; }

    public required string Said { get; init; }

    /// <summary>Where to answer, if one wants an answer.</summary>
    public string? Contact { get; init; }

    public DateTimeOffset? HandledAt { get; set; }

    public Guid? HandledBy { get; set; }
}
