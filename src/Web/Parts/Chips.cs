using System.Collections.Frozen;

namespace Iop.Web.Parts;

/// <summary>The shape of a state's chip; shape and word carry the meaning, colour only helps.</summary>
internal static class Chips
{
    public const string Going = "going";
    public const string Done = "done";
    public const string Waits = "waits";
    public const string Stopped = "stopped";
    public const string None = "none";

    private static readonly FrozenDictionary<string, string> Shapes = new Dictionary<string,
    string>(StringComparer.OrdinalIgnoreCase)
    {
        ["InForce"] = Going, ["Active"] = Going, ["Ongoing"] = Going, ["Current"] = Going,
        ["Signed"] = Done, ["Verified"] = Done, ["Settled"] = Done, ["Attested"] = Done, ["Approved"] = Done,
        ["Complete"] = Done, ["NotNeeded"] = Done, ["Done"] = Done,
        ["Reported"] = Waits, ["Assessment"] = Waits, ["OpenForSignature"] = Waits, ["Triggered"] = Waits, ["Claimed"] = Waits,
        ["Submitted"] = Waits, ["Running"] = Going, ["Failed"] = Stopped, ["Waiting"] = Waits, ["Due"] = Waits,
        ["Presumed"] = Waits, ["Ready"] = Waits,
        ["NoticeGiven"] = Waits, ["Raised"] = Waits, ["Decided"] = Done, ["Called"] = Waits, ["Held"] = Done,
        ["CalledOff"] = Stopped,
        ["Disputed"] = Stopped, ["Rejected"] = Stopped, ["Returned"] = Stopped, ["Rescinded"] = Stopped, ["Overdue"] = Stopped,
        ["Blocked"] = Stopped, ["Voided"] = Stopped, ["Mine"] = Waits,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string ShapeOf(string? state) =>
        state is not null && Shapes.TryGetValue(state.Replace("-", "", StringComparison.Ordinal), out var shape) ? shape : None;
}
