using Iop.Kernel;
using Iop.Web.Frame;
using Iop.Web.Partnerships;
using Iop.Web.Problems;

namespace Iop.Web.FollowUp;

/// <summary>What every page of an agreement's follow-up begins with: the partnership, and one of its plans.</summary>
internal sealed class FollowUpRoom(PartnershipsApi partnerships, FollowUpApi followUp, Visitor visitor)
{
    public Visitor Visitor => visitor;

    public Partnership? Partnership { get; private set; }

    public Plan? Plan { get; private set; }

    public static bool MayWrite(Visitor visitor) => visitor.Is(Roles.Officer) || visitor.Is(Roles.Reporter);

    /// <summary>Null when the visitor may be here; else the page that says why not. Without a named plan, the newest.</summary>
    public async Task<IResult?> Enter(Guid id, Guid? plan, CancellationToken cancel)
    {
        var partnership = await partnerships.Show(id, cancel);
        if (partnership.Problem is { } no) return no.AsPage(visitor);
        Partnership = partnership.Value;
        if (plan is null)
        {
            var plans = await followUp.Plans(id, cancel);
            if (plans.Problem is { } closed) return closed.AsPage(visitor);
            plan = plans.Value!.Items is [var newest, ..] ? newest.Id : null;
        }
        if (plan is null) return ErrorPages.NotFound();
        var found = await followUp.Plan(plan.Value, cancel);
        if (found.Problem is { } neither) return neither.AsPage(visitor);
        Plan = found.Value;
        return Plan!.PartnershipId == id ? null : ErrorPages.NotFound();
    }
}
