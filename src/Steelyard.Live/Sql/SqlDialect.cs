using System.Data.Common;
using System.Net;
using Steelyard.Live.Engines;

namespace Steelyard.Live.Sql;

/// <summary>What differs between databases that are asked in SQL.</summary>
internal abstract class SqlDialect
{
    /// <summary>Asks for its clock, in whole microseconds since 1970.</summary>
    public abstract string Clock { get; }

    /// <summary>The port that a server usually has.</summary>
    public abstract int Port { get; }

    /// <summary>Makes a session, not yet opened, that does nothing by itself: it is pooled with no other,
    /// prepares nothing, and is over when a server is silent for too long.</summary>
    /// <param name="server">Where it leads to.</param>
    /// <param name="patience">How long it waits for anything.</param>
    /// <param name="account">Who asks; null is whom servers of ours know.</param>
    public abstract SqlSession Connect(IPEndPoint server, TimeSpan patience, EngineAccount? account = null);

    /// <summary>Makes a room for tables that are nobody else's.</summary>
    public virtual string MakeRoom(string room) => throw NoRooms;

    /// <summary>Makes a session find tables in a room, and nowhere else.</summary>
    public virtual string UseRoom(string room) => throw NoRooms;

    /// <summary>Takes a room away with all that is in it.</summary>
    public virtual string DropRoom(string room) => throw NoRooms;

    /// <summary>Asks for the server's version.</summary>
    public virtual string AskVersion => throw NoRooms;

    /// <summary>What makes all transactions of a session be of a level.</summary>
    public abstract IReadOnlyList<string> SessionAt(SqlLevel level);

    /// <summary>Writes register <c>@k</c>, there already or not, to be <c>@v</c>.</summary>
    public abstract string WriteRegister { get; }

    /// <summary>Appends <c>@v</c> to list <c>@k</c>, there already or not.</summary>
    public abstract string AppendToList { get; }

    /// <summary>Makes the table whose rows the server numbers by itself.</summary>
    public abstract string MakeIds { get; }

    /// <summary>Takes the next number of that table, as one column; a transaction that is rolled back leaves
    /// its own out.</summary>
    public virtual string NextId => "insert into ids default values returning id";

    /// <summary>The number by which a server knows the session that asks.</summary>
    public abstract string OwnNumber { get; }

    /// <summary>Whether by this answer, even one to a commit, a server says that it has rolled the whole
    /// transaction back.</summary>
    public abstract bool HasRolledBack(DbException answer);

    /// <summary>A server's code for what went wrong; null when no server answered.</summary>
    public abstract string? CodeOf(DbException failure);

    /// <summary>Whether a session stands still until another one lets go of a lock, as the server knows at
    /// this moment.</summary>
    /// <param name="observer">Another session.</param>
    /// <param name="session">Its number.</param>
    /// <param name="cancellation">Gives up.</param>
    public abstract Task<bool> IsWaiting(SqlSession observer, long session, CancellationToken cancellation);

    /// <summary>Why it did not end well, in a few words that repeat.</summary>
    public string WordsOf(Exception failure) =>
        (failure is DbException answer ? CodeOf(answer) : null) ?? "connection lost";

    // Only servers that run elsewhere are asked for rooms.
    NotSupportedException NoRooms => new($"{GetType().Name} is of an engine that never runs elsewhere");
}
