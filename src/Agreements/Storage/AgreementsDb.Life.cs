using Iop.Agreements.Domain.Life;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

public sealed partial class AgreementsDb
{
    public DbSet<Change> Changes => Set<Change>();

    public DbSet<Termination> Terminations => Set<Termination>();

    public DbSet<Dispute> Disputes => Set<Dispute>();

    public DbSet<JointTalk> JointTalks => Set<JointTalk>();

    public DbSet<InForce> InForce => Set<InForce>();
}
