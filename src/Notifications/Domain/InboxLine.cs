namespace Iop.Notifications.Domain;

/// <summary>A line in an organisation's inbox (rad i inkorgen).</summary>
public sealed class InboxLine
{
    public required Guid LineId { get; init; }

    public required Guid OrganisationId { get; init; }

    public Guid? UnitId { get; init; }

    /// <summary>The one person it is for; null for all who have the roles.</summary>
    public Guid? PersonId { get; init; }

    public required string[] Roles { get; init; }

    public required string Kind { get; init; }

    public required IReadOnlyDictionary<string, string> Arguments { get; init; }

    public required string Matter { get; init; }

    public required Guid Whose { get; init; }

    /// <summary>The sequence of the fact that told it.</summary>
    public required long Occasion { get; init; }

    public Guid? CircleId { get; init; }

    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Path { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required bool MustAct { get; init; }

    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Since when nobody is there who could do it, and the administrators stand in.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}
