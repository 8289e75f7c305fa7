// Tests share nothing: each class has a service of its own, on a port of its own.
[assembly: Parallelize(Scope = ExecutionScope.ClassLevel)]
