using System.Globalization;
using System.Text;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>What a session can be asked: one request each.</summary>
/// <remarks>zookeeper.jute and ZooDefs.OpCode of ZooKeeper 3.8.</remarks>
internal static class ZooKeeperRequests
{
    /// <summary>Says that the client lives.</summary>
    public const int Ping = 11;

    /// <summary>Ends the session.</summary>
    public const int Close = -11;

    /// <summary>Any version.</summary>
    public const int AnyVersion = -1;

    const int CreateKind = 1;
    const int DeleteKind = 2;
    const int GetDataKind = 4;
    const int SetDataKind = 5;
    const int GetChildrenKind = 8;
    const int SyncKind = 9;
    const int CheckKind = 13;
    const int MultiKind = 14;
    const int ReconfigureKind = 16;
    const int ErrorKind = -1;
    const int AllPermissions = 31;
    const int EphemeralSequential = 3;

    /// <summary>Makes a node.</summary>
    /// <param name="session">The session.</param>
    /// <param name="path">Its path.</param>
    /// <param name="data">What it holds.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="isTicket">True for one that goes with the session and gets the next number after its
    /// name.</param>
    /// <returns>Its path.</returns>
    public static async Task<string> Create(
        this ZooKeeperSession session, string path, string data, CancellationToken stop,
        bool isTicket = false)
    {
        var request = new JuteWriter().Text(session.Root + path).Text(data)
            .Int(1).Int(AllPermissions).Text("world").Text("anyone")
            .Int(isTicket ? EphemeralSequential : 0);
        return (await session.Ask(CreateKind, request, stop)).Text()[session.Root.Length..];
    }

    /// <summary>Takes a node away, whatever its version.</summary>
    public static Task Delete(this ZooKeeperSession session, string path, CancellationToken stop) =>
        session.Ask(DeleteKind, new JuteWriter().Text(session.Root + path).Int(AnyVersion), stop);

    /// <summary>What a node holds, and its version.</summary>
    public static async Task<(string Data, int Version)> GetData(
        this ZooKeeperSession session, string path, CancellationToken stop)
    {
        var answer = await session.Ask(
            GetDataKind, new JuteWriter().Text(session.Root + path).Bool(false), stop);
        var data = answer.Text();
        // Of the statistics after it: who made and changed it when, and then its version.
        for (var skipped = 0; skipped < 4; skipped++)
            answer.Long();
        return (data, answer.Int());
    }

    /// <summary>Sets what a node holds.</summary>
    public static Task SetData(
        this ZooKeeperSession session, string path, string data, int version, CancellationToken stop) =>
        session.Ask(SetDataKind, SetDataRequest(session.Root + path, data, version), stop);

    /// <summary>The names of the nodes below one.</summary>
    public static async Task<List<string>> GetChildren(
        this ZooKeeperSession session, string path, CancellationToken stop) =>
        (await session.Ask(
            GetChildrenKind, new JuteWriter().Text(session.Root + path).Bool(false), stop)).Texts();

    /// <summary>Waits until the server has seen whatever the leader has by now.</summary>
    public static Task Sync(this ZooKeeperSession session, string path, CancellationToken stop) =>
        session.Ask(SyncKind, new JuteWriter().Text(session.Root + path), stop);

    /// <summary>Sets what a node holds, if another node is there: both or nothing.</summary>
    /// <exception cref="ZooKeeperRefusal">It is not there.</exception>
    public static async Task SetDataWhile(
        this ZooKeeperSession session, string there, string path, string data, CancellationToken stop)
    {
        var request = new JuteWriter();
        Step(request, CheckKind).Text(session.Root + there).Int(AnyVersion);
        Step(request, SetDataKind).Record(SetDataRequest(session.Root + path, data, AnyVersion));
        request.Int(ErrorKind).Bool(true).Int(ErrorKind);
        var answer = await session.Ask(MultiKind, request, stop);
        // When one step is refused all results are errors, of which the first that is not zero tells why.
        while (answer.Int() is var kind && !answer.Bool())
        {
            answer.Int();
            if (kind != ErrorKind)
                return;
            if (answer.Int() is not 0 and var code)
                throw new ZooKeeperRefusal(code);
        }
    }

    /// <summary>Changes the servers of the ensemble.</summary>
    /// <param name="session">The session.</param>
    /// <param name="joining">Who is to belong to it, as a line of its configuration; null is nobody.</param>
    /// <param name="leaving">The number of who is to leave; null is nobody.</param>
    /// <param name="stop">Gives up.</param>
    public static Task Reconfigure(
        this ZooKeeperSession session, string? joining, string? leaving, CancellationToken stop)
    {
        const long WhateverItIsNow = -1;
        return session.Ask(
            ReconfigureKind,
            new JuteWriter().Text(joining).Text(leaving).Text(null).Long(WhateverItIsNow), stop);
    }

    /// <summary>A number as data.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number that data says.</summary>
    public static long Number(string data) => long.Parse(data, CultureInfo.InvariantCulture);

    static JuteWriter Step(JuteWriter request, int kind) => request.Int(kind).Bool(false).Int(ErrorKind);

    static JuteWriter SetDataRequest(string path, string data, int version) =>
        new JuteWriter().Text(path).Bytes(Encoding.UTF8.GetBytes(data)).Int(version);
}
