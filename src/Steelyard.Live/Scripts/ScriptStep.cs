namespace Steelyard.Live.Scripts;

/// <summary>One thing that a session does in its transaction.</summary>
/// <param name="Session">Which session, from 1.</param>
/// <param name="Sql">What it tells the server.</param>
internal sealed record ScriptStep(int Session, string Sql)
{
    /// <summary>The name of what it reads; null where it reads nothing.</summary>
    public string? Label { get; init; }

    /// <summary>Whether it ends its transaction, so that it happened.</summary>
    public bool IsCommit => Sql == "commit";

    /// <summary>Whether its transaction is over with it.</summary>
    public bool EndsAll => Sql is "commit" or "rollback";

    /// <summary>Reads rows, of which it says which.</summary>
    /// <param name="session">Which session, from 1.</param>
    /// <param name="label">The name of what it reads.</param>
    /// <param name="where">Which rows.</param>
    public static ScriptStep Read(int session, string label, string where = "true") =>
        new(session, $"select id, value from test where {where} order by id") { Label = label };

    /// <summary>Changes something.</summary>
    public static ScriptStep Do(int session, string sql) => new(session, sql);

    /// <summary>Sets the value of a row.</summary>
    public static ScriptStep Set(int session, int id, int value) =>
        new(session, $"update test set value = {value} where id = {id}");

    /// <summary>Ends its transaction.</summary>
    public static ScriptStep Commit(int session) => new(session, "commit");

    /// <summary>Takes its transaction back.</summary>
    public static ScriptStep Abort(int session) => new(session, "rollback");
}
