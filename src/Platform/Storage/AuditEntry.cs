using System.Text.Json;
using Iop.Platform.Identity;

namespace Iop.Platform.Storage;

/// <summary>One line of the audit trail: who did (or read) what, when, and which things changed. Never changed, never
/// deleted.</summary>
public sealed class AuditEntry
{
    public required Guid EntryId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid OrganisationId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The operation's name, as in the OpenAPI document.</summary>
    public required string Operation { get; init; }

    public Guid? PartnershipId { get; init; }

    /// <summary>The thing named in the address, if one was.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>JSON list such as <c>["modified agreement status","added signature"]</c>: names of things and fields, never their
    /// content.</summary>
    public required string Changes { get; init; }

    internal static AuditEntry Of(
        Caller caller, string operation, Guid? partnership, Guid? subject, IEnumerable<string> changes, DateTimeOffset now) =>
            new()
    {
        EntryId = Guid.CreateVersion7(now), At = now,
        OrganisationId = caller.Organisation, PersonId = caller.Person, Operation = operation,
        PartnershipId = partnership, SubjectId = subject, Changes = JsonSerializer.Serialize(changes),
    };
}
