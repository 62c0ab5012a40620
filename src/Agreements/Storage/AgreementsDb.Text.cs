using Iop.Agreements.Domain.Attachments;
using Iop.Agreements.Domain.Bodies;
using Iop.Agreements.Domain.Texts;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

/// <summary>What the text is made of beside its sections and contributions.</summary>
public sealed partial class AgreementsDb
{
    public DbSet<Body> Bodies => Set<Body>();

    public DbSet<BodyMember> BodyMembers => Set<BodyMember>();

    public DbSet<BodyItem> BodyItems => Set<BodyItem>();

    public DbSet<ItemStep> ItemSteps => Set<ItemStep>();

    public DbSet<StoredFile> Files => Set<StoredFile>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<VersionFile> VersionFiles => Set<VersionFile>();

    public DbSet<Goal> Goals => Set<Goal>();

    public DbSet<Activity> Activities => Set<Activity>();

    public DbSet<Delivery> Deliveries => Set<Delivery>();

    public DbSet<RoleAcceptance> RoleAcceptances => Set<RoleAcceptance>();
}
