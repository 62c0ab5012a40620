using Iop.Agreements.Domain.Signing;
using Microsoft.EntityFrameworkCore;

namespace Iop.Agreements.Storage;

public sealed partial class AgreementsDb
{
    public DbSet<SigningTurn> SigningTurns => Set<SigningTurn>();

    public DbSet<Reviewer> Reviewers => Set<Reviewer>();

    public DbSet<Decline> Declines => Set<Decline>();

    public DbSet<Look> Looks => Set<Look>();
}
