using Microsoft.EntityFrameworkCore;

namespace WellKnownFaults;

/// <summary>A consumer of messages that come more than once, with an inbox of those that it has
/// seen.</summary>
/// <remarks>Wrong: it looks into the inbox, and two copies at once find nothing there. Mended: the inbox
/// takes no message twice, and it is written with the effect.</remarks>
public static class InboxRace
{
    public static WebApplication CreateApp(string[] args) => Create<Consumer>(args);

    public static WebApplication CreateMended(string[] args) => Create<StrictConsumer>(args);

    static WebApplication Create<T>(string[] args)
        where T : Consumer
    {
        var application = DatabaseSetup.WithDatabase<Consumer, T>(args).Build();
        application.MapPost("/messages", async (Message message, Consumer consumer) =>
        {
            if (await consumer.Inbox.AnyAsync(seen => seen.MessageId == message.MessageId))
                return;
            consumer.Add(new Seen { MessageId = message.MessageId });
            consumer.Add(new Reservation { MessageId = message.MessageId, Pieces = message.Pieces });
            try
            {
                await consumer.SaveChangesAsync();
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate())
            {
                // Another copy was quicker.
            }
        });
        application.MapGet("/reservations", (Consumer consumer) => consumer.Reservations
            .OrderBy(reservation => reservation.Id).Select(reservation => reservation.MessageId)
            .ToListAsync());
        return application;
    }

    public sealed record Message(string MessageId, int Pieces);

    sealed class Seen
    {
        public int Id { get; init; }

        public required string MessageId { get; init; }
    }

    sealed class Reservation
    {
        public int Id { get; init; }

        public required string MessageId { get; init; }

        public int Pieces { get; init; }
    }

    class Consumer(DbContextOptions options) : DbContext(options)
    {
        public DbSet<Seen> Inbox => Set<Seen>();

        public DbSet<Reservation> Reservations => Set<Reservation>();
    }

    sealed class StrictConsumer(DbContextOptions options) : Consumer(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Seen>().HasIndex(seen => seen.MessageId).IsUnique();
    }
}
