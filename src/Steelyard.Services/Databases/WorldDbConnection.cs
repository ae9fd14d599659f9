using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Faults;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Databases;

/// <summary>
/// A connection to a database of the world, in ADO.NET's words: a service written on
/// <see cref="DbConnection"/> joins by changing its registration. Everything that waits must be asked for
/// with its async method: the world has one worker, and a call that blocks it could never end.
/// </summary>
public sealed class WorldDbConnection : DbConnection
{
    /// <summary>How long an answer may take where nobody says otherwise, as ADO.NET has it.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HostNetwork _network;
    readonly string _host;
    Stream? _stream;
    bool _isLost;

    internal WorldDbConnection(HostNetwork network, string host)
    {
        _network = network;
        _host = host;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => $"Host={_host}";
        set
        {
            if (value is not null && value != ConnectionString)
                throw new NotSupportedException($"expected {ConnectionString}, found {value}");
        }
    }

    /// <inheritdoc/>
    public override string Database => _host;

    /// <inheritdoc/>
    public override string DataSource => _host;

    /// <inheritdoc/>
    public override string ServerVersion => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    /// <inheritdoc/>
    public override ConnectionState State => _isLost ? ConnectionState.Broken
        : _stream is null ? ConnectionState.Closed
        : ConnectionState.Open;

    /// <inheritdoc/>
    /// <exception cref="WorldDbException">Nobody answers there.</exception>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_stream is not null)
            throw new InvalidOperationException("the connection is open already");
        using var context = CallContext.AskForConnection(_network.Stack, _host);
        try
        {
            var connection = await _network.Stack
                .Connect(_network.Names.Resolve(_host), DatabaseNode.Port, cancellationToken)
                .ConfigureAwait(false);
            _stream = new ConnectionStream(connection);
            _isLost = false;
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            throw new WorldDbException($"no connection to {_host}: {failure.Message}", failure);
        }
    }

    /// <inheritdoc/>
    public override void Open() => throw WorldDb.Blocking("Open", "OpenAsync");

    /// <inheritdoc/>
    public override void Close()
    {
        _stream?.Dispose();
        _stream = null;
        _isLost = false;
    }

    /// <inheritdoc/>
    public override void ChangeDatabase(string databaseName) =>
        throw new NotSupportedException("a database of the world is a host; connect to another one");

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="patience">How long the answer may take; zero is without end.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="WorldDbException">The database refused, or no answer came: then nobody knows whether
    /// it was done.</exception>
    internal async Task<DatabaseAnswer> Ask(
        DatabaseRequest request, TimeSpan patience, CancellationToken cancellation)
    {
        var stream = _stream ?? throw new InvalidOperationException("the connection is not open");
        var limit = patience == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : patience;
        using var late = new CancellationTokenSource(limit, _network.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var context = CallContext.Ask(_network.Stack, _host, request);
        try
        {
            await StatementTrap.Pass(_network.Stack, request, StatementMoment.Before).ConfigureAwait(false);
            await stream.WriteAsync(DatabaseWords.Of(request), either.Token).ConfigureAwait(false);
            var frame = await Frames.Read(stream, either.Token).ConfigureAwait(false)
                ?? throw new IOException($"{_host} closed the connection");
            await StatementTrap.Pass(_network.Stack, request, StatementMoment.After).ConfigureAwait(false);
            var answer = DatabaseWords.Answer(frame);
            return answer.Error is null ? answer : throw new WorldDbException(answer.Error, answer.ErrorCode);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The answer to this request may still come, and would be taken for the next one's.
            Close();
            _isLost = true;
            cancellation.ThrowIfCancellationRequested();
            throw new WorldDbException(
                failure is IOException
                    ? $"the connection to {_host} broke: {failure.Message}"
                    : $"{_host} gave no answer within {patience.TotalSeconds} s",
                failure);
        }
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw WorldDb.Blocking("BeginTransaction", "BeginTransactionAsync");

    /// <inheritdoc/>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(
        IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        await Ask(new(DatabaseRequestKind.Begin, "", []), Patience, cancellationToken).ConfigureAwait(false);
        return new WorldDbTransaction(this);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => new WorldDbCommand { Connection = this };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }
}

/// <summary>A database of the world refused something, or could not be reached.</summary>
public sealed class WorldDbException : DbException
{
    /// <summary>It refused.</summary>
    /// <param name="message">Why.</param>
    /// <param name="code">SQLite's extended result code (sqlite.org/rescode.html).</param>
    public WorldDbException(string message, int code)
        : base(message, code) => SqliteErrorCode = code;

    /// <summary>It could not be reached, or not to the end.</summary>
    public WorldDbException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>SQLite's extended result code; 0 when the connection broke, and nobody knows what was
    /// done.</summary>
    public int SqliteErrorCode { get; }

    /// <summary>True for a violated unique constraint or primary key.</summary>
    public bool IsUniqueViolation => SqliteErrorCode
        is SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY;
}
