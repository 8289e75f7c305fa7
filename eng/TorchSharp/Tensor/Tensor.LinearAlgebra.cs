namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor matmul(Tensor target) => Make(Native.ts_matmul(Handle, target.Handle), target);

        public Tensor mm(Tensor target) => Make(Native.ts_mm(Handle, target.Handle), target);

        public Tensor bmm(Tensor batch2) => Make(Native.ts_bmm(Handle, batch2.Handle), batch2);

        public Tensor mv(Tensor target) => Make(Native.ts_mv(Handle, target.Handle), target);

        public Tensor dot(Tensor target) => Make(Native.ts_dot(Handle, target.Handle), target);

        public Tensor outer(Tensor vec2) => Make(Native.ts_outer(Handle, vec2.Handle), vec2);

        public Tensor inner(Tensor vec2) => Make(Native.ts_inner(Handle, vec2.Handle), vec2);

        public Tensor kron(Tensor other) => Make(Native.ts_kron(Handle, other.Handle), other);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Make(Native.ts_addmm(Handle, mat1.Handle, mat2.Handle, beta, alpha), mat1, mat2);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Self(Native.ts_addmm_(Handle, mat1.Handle, mat2.Handle, beta, alpha), mat1, mat2);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) =>
            Make(Native.ts_addmv(Handle, mat.Handle, vec.Handle, beta, alpha), mat, vec);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) =>
            Self(Native.ts_addmv_(Handle, mat.Handle, vec.Handle, beta, alpha), mat, vec);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Make(Native.ts_baddbmm(Handle, batch1.Handle, batch2.Handle, beta, alpha), batch1, batch2);

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Make(Native.ts_addbmm(Handle, batch1.Handle, batch2.Handle, beta, alpha), batch1, batch2);

        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Self(Native.ts_addbmm_(Handle, batch1.Handle, batch2.Handle, beta, alpha), batch1, batch2);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) =>
            Make(Native.ts_addr(Handle, vec1.Handle, vec2.Handle, beta, alpha), vec1, vec2);

        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1, float alpha = 1) =>
            Self(Native.ts_addr_(Handle, vec1.Handle, vec2.Handle, beta, alpha), vec1, vec2);

        public Tensor inverse() => Make(Native.ts_inverse(Handle));

        public Tensor det() => Make(Native.ts_det(Handle));

        public Tensor trace() => Make(Native.ts_trace(Handle));

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2)
        {
            fixed (long* p = dims1, q = dims2) return Make(Native.ts_tensordot(Handle, b.Handle, new(p, dims1.Length), new(q, dims2.Length)), b);
        }
    }
}
