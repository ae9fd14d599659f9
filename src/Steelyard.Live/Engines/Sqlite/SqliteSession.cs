using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>A connection to a file inside a process of ours, told what to do a line at a time.</summary>
internal sealed class SqliteSession(IPEndPoint server) : SqlSession
{
    TcpClient? _tcp;
    StreamReader? _answers;
    bool _isBroken;

    /// <inheritdoc/>
    public override bool IsOpen => _tcp is not null && !_isBroken;

    /// <inheritdoc/>
    public override async Task<int> Do(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        using var answer = await Tell(sql, given, cancellation);
        return answer.RootElement.GetProperty("changes").GetInt32();
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<object[]>> Ask(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        using var answer = await Tell(sql, given, cancellation);
        return
        [
            .. answer.RootElement.GetProperty("rows").EnumerateArray().Select(
                row => row.EnumerateArray().Select(ValueOf).ToArray()),
        ];
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _tcp?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override async Task Connect(CancellationToken cancellation)
    {
        _tcp = await EngineConnections.Open(server, cancellation);
        _answers = new(_tcp.GetStream());
    }

    async Task<JsonDocument> Tell(
        string sql, (string Name, object Value)[] given, CancellationToken cancellation)
    {
        try
        {
            await _tcp!.GetStream().WriteAsync(Line(sql, given), cancellation);
            var line = await _answers!.ReadLineAsync(cancellation)
                ?? throw new IOException("the process has hung up");
            return Read(line);
        }
        catch (Exception failure) when (failure is not SqliteAnswerException)
        {
            _isBroken = true;
            throw;
        }
    }

    static byte[] Line(string sql, (string Name, object Value)[] given)
    {
        var values = new JsonObject(given.Select(pair => KeyValuePair.Create(
            pair.Name,
            (JsonNode?)(pair.Value is long number ? JsonValue.Create(number) : (string)pair.Value))));
        return [.. JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["sql"] = sql, ["given"] = values }), (byte)'\n'];
    }

    static JsonDocument Read(string line)
    {
        var answer = JsonDocument.Parse(line);
        if (!answer.RootElement.TryGetProperty("code", out var code))
            return answer;
        using (answer)
            throw new SqliteAnswerException(
                code.GetInt32(), answer.RootElement.GetProperty("words").GetString()!);
    }

    static object ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.Null => DBNull.Value,
        _ => value.GetString()!,
    };
}
